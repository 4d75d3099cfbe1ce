// Time steps that are folded into a gap: columns that are cut out, the rest moved together.
const gapWidth = 70;
const shut = new Set();
const columns = columnsOf(scene.boxes);
let gaps = [];

/** The step boxes from left to right with the middles between them; none if they overlap in x. */
function columnsOf(boxes) {
  const sorted = boxes
    .map(({ corner: [x], size: [w], collapsed }, box) => ({ box, left: x, right: x + w, collapsed }))
    .sort((a, b) => a.left - b.left);
  const apart = sorted.every((column, i) => !i || column.left >= sorted[i - 1].right);
  if (!apart) return [];
  const middle = (i) => (sorted[i - 1].right + sorted[i].left) / 2;
  return sorted.map((column, i) => ({
    ...column,
    from: i ? middle(i) : column.left,
    to: i < sorted.length - 1 ? middle(i + 1) : column.right,
  }));
}

/** Runs of folded columns, as [from, to]. */
function runs() {
  const found = [];
  columns.forEach((column, i) => {
    if (!shut.has(i)) return;
    if (i && shut.has(i - 1)) Object.assign(found[found.length - 1], { to: column.to, last: i });
    else found.push({ from: column.from, to: column.to, first: i, last: i });
  });
  return found;
}

/** Where x stands once the runs are folded. */
function folded(x, cut) {
  let shift = 0;
  for (const { from, to } of cut) {
    if (x <= from) break;
    const part = Math.min(1, (x - from) / (to - from));
    shift += part * (to - from - gapWidth);
  }
  return x - shift;
}

const within = (x, cut) => cut.find(({ from, to }) => x > from && x < to);

/** Draw the figure with the columns of `shut` folded. */
function layOut() {
  const cut = runs();
  const move = (x) => folded(x, cut);
  const hidden = new Map();
  for (const { mark, element } of nodes.values()) {
    const run = mark.step === null ? undefined : within(mark.at[0], cut);
    if (run) hidden.set(mark.key, run);
    element.classList.toggle("folded", run !== undefined);
    element.setAttribute("transform", `translate(${move(mark.at[0])} ${mark.at[1]})`);
  }
  for (const entry of lines.values()) layOutLine(entry, hidden, move);
  document.querySelectorAll("#boxes > .box").forEach((element) => {
    const { corner: [x, y] } = scene.boxes[element.dataset.box];
    element.classList.toggle("folded", shut.has(columns.findIndex(({ box }) => box === Number(element.dataset.box))));
    element.setAttribute("transform", `translate(${move(x)} ${y})`);
  });
  document.querySelectorAll("#bars > .bar").forEach((element) => {
    const { corner: [x, y] } = scene.bars[element.dataset.bar];
    element.classList.toggle("folded", within(x, cut) !== undefined);
    element.setAttribute("transform", `translate(${move(x)} ${y})`);
  });
  content.w = move(scene.size[0]);
  for (const { element } of gaps) element.remove();
  gaps = cut.map((run) => ({ element: gapElement(run, move), keys: keysOf(run, hidden) }));
  byId("boxes").append(...gaps.map(({ element }) => element));
  markGaps();
  byId("collapse").textContent = shut.size ? "Show all steps" : "Collapse steps";
  if (view.fitted) fit();
}

const keysOf = (run, hidden) => new Set([...hidden].filter(([, its]) => its === run).map(([key]) => key));

function layOutLine({ line, element }, hidden, move) {
  const [source, target] = [hidden.has(line.source), hidden.has(line.target)];
  // What a parameter has to do with a folded step is not shown.
  const shared = [line.source, line.target].some((key) => nodes.get(key).mark.step === null);
  element.classList.toggle("folded", (source && target) || (shared && (source || target)));
  element.classList.toggle("stub", source !== target);
  const [path, text] = [element.querySelector("path"), element.querySelector("text")];
  path.dataset.d ??= path.getAttribute("d");
  let turn = 1;
  // Coordinates come in pairs; x is every other one.
  path.setAttribute("d", path.dataset.d.replace(/-?\d[\d.e+-]*/g, (x) => ((turn ^= 1) ? x : move(Number(x)))));
  if (text) text.setAttribute("transform", `translate(${move(line.label_at[0])} ${line.label_at[1]})`);
}

/** What stands for folded steps; it opens them again. */
function gapElement({ from, to, first, last }, move) {
  const box = scene.boxes[columns[first].box];
  const n = columns.slice(first, last + 1).reduce((sum, { collapsed }) => sum + Math.max(1, collapsed), 0);
  const [x, w, y] = [move(from) + 4, move(to) - move(from) - 8, box.corner[1]];
  const label = `${count(n, "step")} folded: show`;
  const group = makeShape("g", { class: "gap", role: "button", tabindex: "0", "aria-label": label });
  group.append(makeShape("rect", { x, y, width: w, height: box.size[1], rx: 12 }));
  for (const [text, size, dy] of [["⋯", 22, -6], [count(n, "step"), 11, 14]]) {
    const [middle, height] = [x + w / 2, y + box.size[1] / 2 + dy];
    const line = makeShape("text", { x: middle, y: height, "text-anchor": "middle", "font-size": size });
    line.textContent = text;
    group.append(line);
  }
  const open = () => {
    for (let i = first; i <= last; i += 1) shut.delete(i);
    layOut();
  };
  group.addEventListener("click", open);
  group.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") open();
  });
  return group;
}

/** A gap glows while one of its nodes is visited. */
function markGaps() {
  for (const { element, keys } of gaps) element.classList.toggle("now", keys.has(figure.dataset.node));
}

/** Fold or unfold the column of a step box. */
function toggleColumn(box) {
  const i = columns.findIndex((column) => column.box === box);
  if (i < 0) return;
  if (!shut.delete(i)) shut.add(i);
  layOut();
}

/** Fold all steps but the first three and the last two; once more: show all. */
function toggleMiddle() {
  const any = shut.size > 0;
  shut.clear();
  const [head, tail] = columns.length > 6 ? [3, 2] : [1, 1];
  if (!any) for (let i = head; i < columns.length - tail; i += 1) shut.add(i);
  layOut();
}

/** The index of the step box whose column a node stands in, or −1. */
function boxOf({ mark }) {
  const column = columns.find(({ from, to }) => mark.at[0] > from && mark.at[0] < to);
  return column && mark.step !== null ? column.box : -1;
}
