// Who has leverage over an actor
// :param {target: "hamas", as_of: "2024-09-30"}
// Leverage (influence) and coercion over $target on the day $as_of, in at most two steps: what
// GET /v1/actors/{target}/leverage answers with hops=2, worked out here from the evidence by the
// formulae of docs/method.md; the numbers in the comments below are its sections. (The service
// takes up to three steps unless told otherwise.) An index from 0 to 1, no probability.
// Dates are read as certain, and everything known counts. Every parameter is read from the
// ontology in the database. `ways` are the paths of both, the strongest first; `claims` and
// `sources` are those behind their last steps; `exact` has leverage and coercion in full.
MATCH (o:Ontology {id: 'ontology'})
MATCH (asked:Actor {id: $target})
MATCH (b:Actor {id: asked.goes_by})
WHERE b.kind <> 'unknown'
WITH o, b.id AS target, date($as_of) AS day

// Centres: the target, and everybody with whom it is in a claim.
CALL (target) {
  RETURN target AS centre
  UNION
  MATCH (:Actor {goes_by: target})<-[:SUBJECT|OBJECT]-(:Claim)-[:SUBJECT|OBJECT]->(end)
  RETURN end.goes_by AS centre
}

// The accepted evidence on every claim between a centre and somebody else, the giver. Actors that
// are judged to be one are one; a symmetric tie points both ways.
MATCH (:Actor {goes_by: centre})<-[near:SUBJECT|OBJECT]-(c:Claim)-[:SUBJECT|OBJECT]->(end)
WHERE end.goes_by <> centre
MATCH (r:Relation {id: c.relation})
MATCH (c)<-[:OF]-(e {status: 'accepted'})-[:FROM]->(s:Source)
WITH o, target, day, centre, end.goes_by AS giver, r,
     r.symmetric OR type(near) = 'SUBJECT' AS outward,
     c.when AS when, c.episode AS episode,
     min(CASE e.stance WHEN 'asserted' THEN e.begun_by END) AS begun_by,
     collect({claim: c, evidence: e, origin: s.origin}) AS pieces

// What each piece of evidence weighs on the day (2.1): its trust, and what time has left of it. An
// assertion counts from the day by which the first of all assertions of the claim says it began.
UNWIND pieces AS piece
WITH o, target, day, centre, giver, r, outward,
     piece.claim AS c, piece.evidence AS e, piece.origin AS origin,
     CASE piece.evidence.stance WHEN 'asserted' THEN begun_by ELSE piece.evidence.begun_by END
       AS begun_by
WITH o, target, centre, giver, r, outward, c, e, origin,
     coalesce(begun_by <= day, false) AND coalesce(day < c.counts_until, true) AS counts,
     duration.inDays(coalesce(c.until, e.attested), day).days AS age
WITH o, target, centre, giver, r, outward, c, e, origin,
     e.trust * CASE
       WHEN NOT counts THEN 0.0
       WHEN age < 0 OR r.half_life_days = 0 THEN 1.0
       ELSE 2.0 ^ (-1.0 * age / r.half_life_days)
     END AS weight
  ORDER BY weight DESC, e.id

// Clusters (2.2): of each origin the strongest word counts, for and against. The strongest of all
// that assert it gives the cluster its strength and its outcome.
WITH o, target, centre, giver, r, outward, c.bucket AS bucket, e.stance AS stance, origin,
     max(weight) AS weight, head(collect(e)) AS e,
     collect(DISTINCT CASE WHEN weight > 0 THEN c.id END) AS claims
  ORDER BY weight DESC, e.id
WITH o, target, centre, giver, r, outward, bucket,
     collect(CASE stance WHEN 'asserted' THEN {weight: weight, e: e, claims: claims} END) AS for,
     collect(CASE stance WHEN 'denied' THEN weight END) AS against
WITH o, target, centre, giver, r, outward,
     (1 - reduce(l = 1.0, word IN for | l * (1 - word.weight)))
       * reduce(l = 1.0, weight IN against | l * (1 - weight)) AS p,
     coalesce(o['strength_' + head(for).e.strength], 1.0) AS strength,
     coalesce(o['outcome_' + head(for).e.outcome], 1.0) AS outcome,
     reduce(ids = [], word IN for | ids + word.claims) AS claims
  WHERE p > 0

// Mass (2.3): what the giver is credited with over the centre, and what is hostile between them.
// The centre has a stake in a giver that it heads, controls or has as a part.
WITH o, target, centre, giver, r.family AS family, claims,
     r.weight * strength * outcome * p AS mass,
     r.hostility * strength * p AS hostility,
     r.flow = '=' OR r.flow = CASE WHEN outward THEN '-' ELSE '+' END AS credits,
     CASE WHEN outward = (r.flow = '+') THEN r.stake ELSE 0.0 END AS stake
WITH o, target, centre, giver, family,
     sum(CASE WHEN credits THEN mass ELSE 0.0 END) AS supply,
     sum(mass) AS mass, sum(hostility) AS hostility, max(stake) AS stake,
     reduce(ids = [], some IN collect(CASE WHEN credits THEN claims END) | ids + some) AS credited,
     reduce(ids = [], some IN collect(CASE WHEN stake > 0 THEN claims END) | ids + some) AS staked
WITH o, target, centre, family, sum(supply) AS received,
     collect({id: giver, supply: supply, mass: mass, hostility: hostility, stake: stake,
              credited: credited, staked: staked}) AS givers
OPTIONAL MATCH (f:Family {id: family})
UNWIND givers AS giver
WITH o, target, centre, giver.id AS giver, max(giver.stake) AS stake,
     reduce(ids = [], some IN collect(giver.staked) | ids + some) AS staked,
     sum(giver.hostility) AS hostility,
     sum(CASE WHEN f.inducing THEN giver.mass ELSE 0.0 END) AS inducement,
     collect(CASE WHEN giver.supply > 0 THEN
       {family: f, mass: giver.supply, others: received - giver.supply, claims: giver.credited}
     END) AS flows

// Steps (3.4 to 3.6) from a giver to a centre, as the giver sees them: behind the gate that
// hostility shuts, its share of what the centre receives, by family. `moves` and `coerces` are D,
// over the families that are not sticks and over those that are; `passes` is U.
MATCH (a:Actor {id: giver})
WHERE a.kind <> 'unknown'
WITH o, target, centre, giver, stake, staked, [flow IN flows | flow {.*,
       soft: flow.family.channel <> 'sticks',
       reach: flow.family.alpha * CASE
         WHEN flow.family.gated THEN 1 - hostility / (hostility + inducement + o.gate_offset)
         ELSE 1.0
       END,
       share: flow.mass / (flow.mass + flow.family.kappa + flow.family.eta * flow.others)}] AS flows
WITH o, target, centre, collect({from: giver, stake: stake, staked: staked,
       flows: CASE centre WHEN target THEN flows END,
       moves: 1 - reduce(l = 1.0, flow IN flows |
         l * CASE WHEN flow.soft THEN 1 - flow.reach * flow.share ELSE 1.0 END),
       coerces: 1 - reduce(l = 1.0, flow IN flows |
         l * CASE WHEN flow.soft THEN 1.0 ELSE 1 - flow.reach * flow.share END),
       passes: 1 - reduce(l = 1.0, flow IN flows |
         l * CASE WHEN flow.soft THEN 1 - flow.family.tau * flow.reach * flow.share ELSE 1.0 END)
     }) AS steps
WITH o, target, collect({centre: centre, steps: steps}) AS all

// The last step is soft for influence, and takes the sticks for coercion (3.7). Of those who can
// take it, the widest are looked at: for this order alternatives are left out.
UNWIND [true, false] AS soft
WITH o, target, all, soft, [step IN head([one IN all WHERE one.centre = target]).steps | step {.*,
       flows: [flow IN step.flows WHERE flow.soft = soft]}] AS last
WITH o, target, all, soft, last, COLLECT {
       UNWIND last AS step
       WITH step.from AS x, 1 - reduce(l = 1.0, flow IN step.flows |
         l * (1 - flow.reach * flow.mass / (flow.mass + flow.family.kappa))) AS width
         WHERE width >= o.leverage_intermediary_floor
       RETURN x
         ORDER BY width DESC, x
     }[..o.leverage_width + 1] AS widest
UNWIND all AS via
WITH o, target, soft, widest, via.centre AS x, via.steps AS steps,
     head([step IN last WHERE step.from = via.centre]) AS onward
  WHERE x = target OR x IN widest OR onward.stake > 0
UNWIND [step IN steps WHERE step.from <> target] AS first
WITH o, target, soft, first.from AS actor, collect({x: x, first: first, onward: onward,
       is_wide: x IN widest AND (first.from IN widest OR x IN widest[..o.leverage_width])}) AS ways

// Paths: the direct one, and one by each x: on by what x supplies, where what the actor supplies by
// itself is no alternative, or by the stake that the target has in x, whichever is stronger.
WITH o, target, soft, actor, ways, [way IN ways WHERE way.x = target | way.first.flows] AS own
UNWIND ways AS way
WITH o, target, soft, actor, way, CASE WHEN soft THEN way.first.moves ELSE way.first.coerces END
       AS moves,
     1 - reduce(l = 1.0, flow IN way.onward.flows | l * (1 - flow.reach * flow.mass
       / (flow.mass + flow.family.kappa + flow.family.eta * (flow.others
         - reduce(m = 0.0, mine IN coalesce(head(own), []) |
             m + CASE mine.family WHEN flow.family THEN mine.mass ELSE 0.0 END))))) AS moves_on
WITH o, target, soft, actor, way, moves, way.onward.stake * moves AS by_stake, CASE
       WHEN way.is_wide AND moves_on >= o.leverage_intermediary_floor
         THEN moves_on * way.first.passes
       ELSE 0.0
     END AS through
WITH o, soft, actor, CASE
       WHEN way.x = target THEN {kind: 'direct', weight: moves, claims: reduce(ids = [],
         flow IN [flow IN way.first.flows WHERE flow.soft = soft] | ids + flow.claims)}
       WHEN by_stake > through THEN
         {kind: 'stake', by: way.x, weight: by_stake, claims: way.onward.staked}
       ELSE {kind: 'through', by: way.x, weight: through, claims: reduce(ids = [],
         flow IN way.onward.flows | ids + flow.claims)}
     END AS path
  WHERE path.weight >= o.leverage_path_floor
  ORDER BY path.weight DESC, path.by

// Together: L is 1 less the product of what every path leaves.
WITH actor, soft, collect(path) AS paths,
     1 - reduce(l = 1.0, weight IN collect(path.weight) | l * (1 - weight)) AS value
WITH actor, max(CASE WHEN soft THEN value ELSE 0.0 END) AS leverage,
     max(CASE WHEN soft THEN 0.0 ELSE value END) AS coercion,
     reduce(all = [], some IN collect(paths) | all + some) AS paths
WITH actor, leverage, coercion,
     [path IN paths | path.kind + coalesce(' ' + path.by, '') + CASE
       WHEN path.weight < 0.01 THEN ', below 0.01'
       ELSE ', ' + round(path.weight, 2)
     END] AS ways,
     COLLECT {
       UNWIND paths AS path
       UNWIND path.claims AS id
       RETURN DISTINCT id ORDER BY id
     } AS claims
MATCH (a:Actor {id: actor})
RETURN a.id AS actor, a.name AS name, round(leverage, 2) AS leverage,
       round(coercion, 2) AS coercion, ways, claims,
       COUNT {
         UNWIND claims AS id
         MATCH (:Claim {id: id})<-[:OF]-(e {status: 'accepted', stance: 'asserted'})
         MATCH (e)-[:FROM]->(s:Source)
         WHERE e.trust > 0
         RETURN DISTINCT s
       } AS sources,
       [leverage, coercion] AS exact
  ORDER BY exact[0] DESC, exact[1] DESC, actor
