"""Data made up in the formats of the examination: two patrons, three groups, one opponent."""

import gzip
from pathlib import Path

SUPPORT = """year,recipient,opponent,location,supporter,types_all
1990,Alpha Front,Government of Angola,Angola: Government,Government of Cuba,wf
1991,Alpha Front,Government of Angola,Angola: Government,Government of Cuba,w
1991,Beta Army,Government of Angola,Angola: Government,Government of Cuba,f
1992,Alpha Front,Government of Angola,Angola: Government,Government of Cuba,w
1992,Beta Army,Government of Angola,Angola: Government,Government of Zambia,w
1993,Alpha Front,Government of Angola,Angola: Government,Government of Cuba,w
1993,Alpha Front,Government of Angola,Angola: Government,Government of Zambia,t
1993,Beta Army,Government of Angola,Angola: Government,Government of Zambia,w
1994,Alpha Front,Government of Angola,Angola: Government,Government of Kenya,w
"""
ALLIANCES = """ccode1,ccode2,year,atop_defense,atop_offense,atop_neutral,atop_nonagg,atop_consul
551,501,1991,1,0,0,0,0
551,501,1992,1,0,0,0,0
551,501,1993,1,0,0,0,0
551,501,2014,1,0,0,0,0
"""
TSS = """tssr_id,rivalry,ccode1,ccode2,start,end
1,Zambia-Angola,551,540,1980,1999
2,Kenya-Uganda,501,500,1980,2020
"""
TD = """rivalryno,rivalryname,ccode1,ccode2,styear,endyear
1,Angola-Cuba,540,40,1985,1995
"""
NEAR = """gwcode1,gwcode2,year,min_distance_km
540,551,2019,0
540,501,2019,1500
540,40,2019,9000
"""
EVENTS = """date\tsubject\trelation\tobject\tsplit
2014-01-05\tKenya\tProvide military aid\tUganda\ttrain
2014-01-06\tKenya\tCriticize or denounce\tUganda\ttrain
2014-02-06\tKenya\tMeet at a 'third' location\tZambia\ttrain
2014-02-07\tEgypt\tMeet at a 'third' location\tSudan\ttrain
2014-02-08\tQatar\tMediate\tSudan\ttrain
2014-11-08\tQatar\tMediate\tSudan\ttrain
"""


def folder(root: Path, support: str = SUPPORT) -> Path:
    """A folder laid out like the data for development."""
    tables = {
        "support_esd/external_support_1975-2003_dev.csv.gz": support,
        "interstate/atop_alliance.csv.gz": ALLIANCES,
        "interstate/tss_rivalries.csv.gz": TSS,
        "interstate/td_rivalries.csv.gz": TD,
        "interstate/gw_mindist.csv.gz": NEAR,
        "icews14/events.tsv.gz": EVENTS,
    }
    for name, text in tables.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(gzip.compress(text.encode()))
    return root
