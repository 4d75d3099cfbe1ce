// Where back-propagation stands: a position among the visits of nodes, or among the edges.
const visits = scene.order;
const flat = visits.flatMap((visit) => visit.lines);
const firstLine = [];
const moments = { node: [], edge: [] };
const place = { mode: "node", position: 0, visit: -1, first: 0, limit: 0 };
let sources = [];
// Copies of parameters are not visited: they are done with the node that uses them.
const followers = visits.map(() => []);

visits.forEach((visit, i) => {
  const first = i ? firstLine[i - 1] + visits[i - 1].lines.length : 0;
  firstLine.push(first);
  nodes.get(visit.node).visit = i;
  const count = visit.lines.length;
  moments.node.push({ visit: i, first, limit: first + count });
  // A node without contributions, the loss, takes one step in both modes.
  for (let k = Math.min(1, count); k <= count; k += 1) moments.edge.push({ visit: i, first, limit: first + k });
});

for (const { line } of lines.values()) {
  const [copy, user] = [nodes.get(line.source), nodes.get(line.target)];
  if (copy.mark.copies && copy.visit === undefined && user.visit !== undefined) followers[user.visit].push(copy.element);
}

/** How many positions the mode has, the start not counted. */
const lastPosition = () => moments[place.mode].length;

/** Whether the gradient of the node that is visited is complete. */
const complete = () => place.visit < 0 || place.limit - place.first === visits[place.visit].lines.length;

/** The key of the node at the other end of the k-th edge into a visit's sum. */
function consumer(visit, k) {
  const { source, target } = lines.get(visit.lines[k]).line;
  return source === visit.node ? target : source;
}

function setState(element, state, latest = false) {
  element.classList.toggle("pending", state > 0);
  element.classList.toggle("now", state === 0);
  element.classList.toggle("latest", latest);
}

function markNode(i) {
  const { element } = nodes.get(visits[i].node);
  setState(element, Math.sign(i - place.visit));
  const done = i < place.visit || (i === place.visit && complete());
  for (const shown of [element, ...followers[i]]) shown.classList.toggle("done", done);
  for (const shown of followers[i]) shown.classList.toggle("pending", !done);
}

function markLine(j) {
  const { element } = lines.get(flat[j]);
  const state = j >= place.limit ? 1 : j >= place.first ? 0 : -1;
  setState(element, state, place.mode === "edge" && state === 0 && j === place.limit - 1);
}

function markSources() {
  for (const element of sources) element.classList.remove("from");
  const visit = visits[place.visit];
  const from = visit && place.mode === "edge" ? Math.max(0, place.limit - place.first - 1) : 0;
  const count = visit ? place.limit - place.first : 0;
  sources = [];
  for (let k = from; k < count; k += 1) sources.push(nodes.get(consumer(visit, k)).element);
  for (const element of sources) element.classList.add("from");
}

/** Go to a position; only what lies between the old one and the new one is touched. */
function goTo(position) {
  const old = { ...place };
  place.position = Math.max(0, Math.min(position, lastPosition()));
  const start = { visit: -1, first: 0, limit: 0 };
  Object.assign(place, place.position ? moments[place.mode][place.position - 1] : start);
  for (let i = Math.max(0, Math.min(old.visit, place.visit)); i <= Math.max(old.visit, place.visit); i += 1) markNode(i);
  for (let j = Math.min(old.first, place.first); j < Math.max(old.limit, place.limit); j += 1) markLine(j);
  markSources();
  figure.classList.toggle("before", place.visit < 0);
  figure.dataset.position = place.position;
  figure.dataset.node = place.visit < 0 ? "" : visits[place.visit].node;
  figure.dataset.line = place.limit > place.first ? flat[place.limit - 1] : "";
}

/** Step by nodes or by edges, at the same place of the pass. */
function setMode(mode) {
  const visit = place.visit;
  place.mode = mode;
  goTo(moments[mode].findLastIndex((moment) => moment.visit === visit) + 1);
}

/** From the picture with everything done to the start of the pass. */
function rewind() {
  visits.forEach((_, i) => markNode(i));
  flat.forEach((_, j) => markLine(j));
  goTo(0);
}
