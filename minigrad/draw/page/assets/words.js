// Numbers and sentences.

/** A number with all of its digits: reading it gives the same float64 again. */
const exact = (x) => (Object.is(x, -0) ? "-0" : String(x));

/** A number with four digits, for sentences. */
const brief = (x) => (typeof x === "number" ? String(Number(x.toPrecision(4))) : String(x));

/** "1 edge", "2 edges". */
const count = (n, thing) => `${n} ${thing}${n === 1 ? "" : "s"}`;

const labelOf = (key) => nodes.get(key).mark.label;

const normOf = (visit, k) => lines.get(visit.lines[k]).line.norm;

/** What a contribution is, by its norm where that is known. */
function contribution(visit, k) {
  const norm = normOf(visit, k);
  return norm === null ? `one from ${labelOf(consumer(visit, k))}` : `${brief(norm)} from ${labelOf(consumer(visit, k))}`;
}

function startSentence() {
  const [first, last] = [visits[0].node, visits[visits.length - 1].node];
  const unit = place.mode === "node" ? "node" : "edge";
  const length = `Back-propagation takes ${count(lastPosition(), "step")}, one ${unit} each`;
  return `${length}, from ${labelOf(first)} to ${labelOf(last)}.`;
}

function nodeSentence(visit) {
  const n = visit.lines.length;
  const head = `Step ${place.position} of ${lastPosition()}: ∇${labelOf(visit.node)}`;
  const { gradient, state } = nodes.get(visit.node).mark;
  const norm = gradient ? ` Its norm is ${brief(gradient.norm)}.` : state === "not-finite" ? " It is not finite." : "";
  if (!n) return `${head} is where the pass starts.${norm}`;
  const shown = visit.lines.slice(0, 4).map((_, k) => contribution(visit, k));
  const more = n > shown.length ? ` and ${n - shown.length} more` : "";
  return `${head} is the sum of ${count(n, "contribution")}: ${shown.join("; ")}${more}.${norm}`;
}

function edgeSentence(visit) {
  const k = place.limit - place.first - 1;
  const { line } = lines.get(visit.lines[k]);
  const [to, from] = [labelOf(visit.node), labelOf(consumer(visit, k))];
  const argument = line.argument ? `, through its argument ${line.argument}` : "";
  const norm = line.norm === null ? "" : ` of norm ${brief(line.norm)}`;
  const sum = visit.sums[k] === undefined ? "" : ` The sum so far has norm ${brief(visit.sums[k])}`;
  const head = `Step ${place.position} of ${lastPosition()}: ${from} adds a contribution${norm} to ∇${to}${argument}.`;
  return `${head}${sum} (${k + 1} of ${visit.lines.length}).`;
}

/** The sentence of the place where back-propagation stands. */
function sentence() {
  const visit = visits[place.visit];
  if (!visit) return startSentence();
  return place.mode === "edge" && place.limit > place.first ? edgeSentence(visit) : nodeSentence(visit);
}
