// The two tables: of the step's sum, and of the node that is looked at.
const longest = 60;
const looked = { pinned: null, hovered: null };
const states = {
  computed: "",
  zero: "zero: nothing that it changes changes the loss",
  "not-finite": "not finite",
  "not-computed": "not computed",
};

/** The step's sentence, formula and sum. */
function showStep() {
  const visit = visits[place.visit];
  write(byId("status"), sentence());
  write(byId("formula"), visit?.formula ?? "");
  byId("formula").hidden = !visit?.formula;
  byId("sum").hidden = !visit?.lines.length;
  if (visit) byId("sum-rows").replaceChildren(...sumRows(visit));
  showNode();
}

/** A row for each contribution; of a long sum, those around the present one. */
function sumRows(visit) {
  const present = place.limit - place.first;
  const start = Math.max(0, Math.min(present - longest / 2, visit.lines.length - longest));
  const rows = visit.lines.slice(start, start + longest).map((_, i) => sumRow(visit, start + i, present));
  const left = visit.lines.length - rows.length;
  if (left) rows.push(noteRow(`and ${count(left, "more edge")}`));
  return rows;
}

function sumRow(visit, k, present) {
  const latest = place.mode === "edge" && k === present - 1;
  const row = make("tr", "", { class: k >= present ? "pending" : latest ? "latest" : "" });
  const norm = normOf(visit, k);
  row.append(
    write(make("th", "", { scope: "row" }), labelOf(consumer(visit, k))),
    make("td", norm === null ? "" : exact(norm), { class: "number" }),
    make("td", visit.sums[k] === undefined ? "" : exact(visit.sums[k]), { class: "number" }),
  );
  return row;
}

function noteRow(text) {
  const row = make("tr");
  row.append(make("td", text, { colspan: "3" }));
  return row;
}

/** The node that is pinned, or under the pointer, or visited now. */
function lookedAt() {
  return looked.pinned ?? looked.hovered ?? nodes.get(visits[place.visit]?.node) ?? null;
}

function showNode() {
  const entry = lookedAt();
  byId("node-hint").hidden = entry !== null;
  byId("node-table").hidden = entry === null;
  byId("pinned").hidden = looked.pinned === null;
  write(byId("node-name"), entry?.mark.label ?? "Node");
  if (entry && byId("node-rows").dataset.key !== entry.mark.key) {
    byId("node-rows").dataset.key = entry.mark.key;
    byId("node-rows").replaceChildren(...nodeRows(entry.mark));
  }
}

function nodeRows(mark) {
  const { value, gradient } = mark;
  const step = mark.step === null ? [] : [["step", "step", [`${mark.axis} = ${mark.step}`]]];
  return [
    ["name", "name", [mark.name]],
    ["role", "role", [mark.role]],
    ...step,
    ["op", "op", [mark.op || "none: a leaf"]],
    ["formula", "formula", [write(make("span"), mark.formula || "–")]],
    ["shape", "shape", [value || gradient ? shapeText((value || gradient).shape) : "unknown"]],
    ["value", "value", value ? numbers(value) : ["unknown"]],
    ["gradient", "gradient", gradientCell(mark)],
    ["norm", "‖gradient‖", gradient ? [number(gradient.norm)] : ["–"]],
  ].map(([field, heading, content]) => {
    const [row, cell] = [make("tr"), make("td", "", { "data-field": field })];
    cell.append(...content);
    row.append(make("th", heading, { scope: "row" }), cell);
    return row;
  });
}

function gradientCell({ gradient, state }) {
  const told = states[state] ?? state;
  return [...(told ? [make("p", told, { class: "state" })] : []), ...(gradient ? numbers(gradient) : [])];
}

const shapeText = (shape) => `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;

const number = (x) => make("span", exact(x), { class: "number" });

/** All entries of a small array; of a large one its norm, extremes and a heat map. */
function numbers(array) {
  if (array.entries.length) {
    const list = make("ul", "", { class: "entries" });
    list.append(...array.entries.map((x, i) => entry(x, i, array.shape)));
    return [list];
  }
  const facts = make("dl");
  for (const [name, x] of [["norm", array.norm], ["min", array.low], ["max", array.high]]) {
    const fact = make("dd");
    fact.append(number(x));
    facts.append(make("dt", name), fact);
  }
  return array.heat.length ? [facts, heatMap(array.heat)] : [facts];
}

function entry(x, i, shape) {
  const item = make("li");
  const index = [];
  for (const size of [...shape].reverse()) {
    index.unshift((i % size) + 1);
    i = Math.floor(i / size);
  }
  if (index.length) item.append(make("span", index.join(","), { class: "index", "aria-hidden": "true" }));
  item.append(number(x));
  return item;
}

/** Blocks of an array: blue below zero, red above, the stronger the further from it. */
function heatMap(rows) {
  const [h, w] = [rows.length, Math.max(...rows.map((row) => row.length))];
  const map = makeShape("svg", { class: "heat", viewBox: `0 0 ${w} ${h}`, role: "img", "aria-label": "heat map" });
  map.setAttribute("width", Math.min(216, 24 * w));
  map.setAttribute("height", Math.min(216, 24 * w) * (h / w));
  rows.forEach((row, y) =>
    row.forEach((x, column) => {
      const finite = typeof x === "number";
      const kind = finite ? (x < 0 ? "below" : "above") : "not-finite";
      const opacity = finite ? Math.abs(x) : 1;
      map.append(makeShape("rect", { class: kind, x: column, y, width: 1, height: 1, "fill-opacity": opacity }));
    }),
  );
  return map;
}

function hover(entry) {
  looked.hovered = entry ?? null;
  showNode();
}

/** Keep showing a node; once more, or null: let it go. */
function pin(entry) {
  const released = looked.pinned;
  released?.element.classList.remove("pinned");
  released?.element.removeAttribute("aria-pressed");
  looked.pinned = entry && entry !== released ? entry : null;
  looked.pinned?.element.classList.add("pinned");
  looked.pinned?.element.setAttribute("aria-pressed", "true");
  showNode();
}
