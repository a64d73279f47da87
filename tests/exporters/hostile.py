"""Names that were made to be taken for something else than a name."""

HOSTILE = (
    "=cmd|'/C calc'!A0", '"quoted"', "it's", "<b>&amp;</b>", "]]>", "a,b;c", "back\\slash",
    "\\u0027+\\u0060", "\\\\u0027", "\\", "\\'", "`label`", "}) DETACH DELETE (n", "// no comment",
    "\u05d0\u05d1\u05d2 \u0645", "@SUM(A1)", "\uff1d1+1", "' OR 1=1", "\ufffe\U0001f600", "${jndi}",
    "']}", "''=1", "\\U0001F600", "/* no comment",
)  # fmt: skip
