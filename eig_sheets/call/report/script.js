"use strict";
(() => {
  const data = JSON.parse(document.getElementById("donnees").textContent);
  const bubble = document.getElementById("bulle");
  const tools = document.getElementById("outils");
  const count = document.getElementById("compte");
  const LINES = 50; // of a plot: more would not fit on a sheet of paper
  const PAPER = 880; // pixels of a plot that the page shrinks to the margins of an A4 page
  const NARROW = 560; // pixels under which names are above the lines of a plot, whole
  const charts = [];

  function tell(handler, event, item, lines) {
    bubble.hidden = !lines;
    if (!lines) return;
    bubble.replaceChildren(...lines.map((line) => Object.assign(document.createElement("p"), { textContent: line })));
    const { width, height } = bubble.getBoundingClientRect();
    const left = Math.min(event.clientX + 14, window.innerWidth - width - 8);
    const below = event.clientY + 18;
    bubble.style.left = `${Math.max(8, left)}px`;
    bubble.style.top = `${below + height > window.innerHeight ? event.clientY - height - 10 : below}px`;
  }

  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `${data.config.text.fontSize}px ${data.config.text.font}`;

  // A text in lines no wider than this, at spaces where there are any.
  function lines(text, width) {
    const found = [""];
    for (const part of text.split(/(?<= )/).flatMap((word) => (pen.measureText(word).width > width ? [...word] : [word]))) {
      const longer = found.at(-1) + part;
      if (found.at(-1) && pen.measureText(longer.trimEnd()).width > width) found.push(part);
      else found[found.length - 1] = longer;
    }
    return found.map((line) => line.trimEnd());
  }

  function draw(chart, width, paper = false) {
    const { step, line, paperStep } = data.sizes;
    const wrapped = chart.bands && width < NARROW;
    let most = 0;
    for (const [name, rows] of Object.entries(chart.chosen)) {
      const own = wrapped && name === "rows" ? rows.map((row) => ({ ...row, lines: lines(row.label, width - 8) })) : rows;
      if (wrapped && name === "rows") most = Math.max(...own.map((row) => row.lines.length), 0);
      chart.view.data(name, own.map((row) => ({ ...row }))); // copies: Vega leaves in its place a row that it knows
    }
    if (chart.bands) {
      chart.view.signal("labels", width < 800 ? 210 : 300).signal("wrapped", wrapped);
      chart.view.signal("step", paper ? paperStep : step + most * line);
    } else chart.view.signal("height", paper ? 170 : 300);
    chart.view.width(width).run();
    chart.view.runAsync().then(() => {
      // Vega names its parts in English.
      chart.place.setAttribute("aria-roledescription", "graphique");
      for (const part of chart.place.querySelectorAll("[aria-roledescription]"))
        part.removeAttribute("aria-roledescription");
    });
  }

  function start(name, { spec, rows, fixed }) {
    const place = document.getElementById(`g-${name}`);
    const runtime = vega.parse(spec, data.config, { ast: true });
    const view = new vega.View(runtime, { expr: expressionInterpreter, renderer: "svg", container: place });
    const chart = { name, view, rows, fixed, place, page: 0, bands: rows.rows[0] && "label" in rows.rows[0] };
    view.tooltip(tell);
    view.addEventListener("click", (event, item) => item && item.datum && item.datum.n && open(item.datum.n));
    charts.push(chart);
    const pager = document.getElementById(`p-${name}`);
    pager.addEventListener("click", (event) => {
      if (event.target.value) fill(chart, chart.order, chart.page + Number(event.target.value));
    });
    if (fixed) set(chart, rows.rows);
  }

  function open(number) {
    const card = document.querySelector(`.card[data-n="${CSS.escape(number)}"]`);
    if (card) card.scrollIntoView();
  }

  function set(chart, rows) {
    const kept = new Set(rows.map((row) => row.n));
    chart.chosen = {};
    for (const [name, all] of Object.entries(chart.rows))
      chart.chosen[name] = name === "rows" ? rows : all.filter((row) => kept.has(row.n));
    draw(chart, chart.place.clientWidth || PAPER);
  }

  // A page of the rows in this order, those that the plot knows.
  function fill(chart, order, page) {
    const known = new Map(chart.rows.rows.map((row) => [row.n, row]));
    const rows = order.map((number) => known.get(number)).filter(Boolean);
    const last = Math.max(0, Math.ceil(rows.length / LINES) - 1);
    chart.order = order;
    chart.page = Math.min(Math.max(page, 0), last);
    const first = chart.page * LINES;
    set(chart, rows.slice(first, first + LINES));
    const pager = document.getElementById(`p-${chart.name}`);
    const [before, after] = pager.querySelectorAll("button");
    pager.hidden = !last;
    before.disabled = !chart.page;
    after.disabled = chart.page === last;
    pager.querySelector("span").textContent =
      `${first + 1} à ${Math.min(first + LINES, rows.length)} sur ${rows.length}`;
  }

  const text = new Intl.Collator("fr", { numeric: true });
  const compare = (key) => (one, other) => {
    const [a, b] = [one[key], other[key]];
    if (a === b) return one.place - other.place;
    if (a === null || b === null) return a === null ? 1 : -1;
    return typeof a === "string" ? text.compare(a, b) : a - b;
  };

  function arrange() {
    const zone = (tools.querySelector("input[name=zone]:checked") || { value: "*" }).value;
    const key = document.getElementById("tri").value;
    const kept = data.projects.filter((one) => zone === "*" || one.zone === zone).sort(compare(key));
    const order = kept.map((one) => one.n);
    const place = new Map(order.map((number, index) => [number, index]));
    for (const list of document.querySelectorAll(".list")) {
      const body = list.tBodies ? list.tBodies[0] : list;
      const items = [...body.children];
      for (const item of items) item.hidden = !place.has(item.dataset.n);
      const sorted = items.filter((item) => !item.hidden);
      sorted.sort((a, b) => place.get(a.dataset.n) - place.get(b.dataset.n));
      body.append(...sorted, ...items.filter((item) => item.hidden));
    }
    const middle = key === "place" && zone === "*" ? Math.floor(data.start / LINES) : 0;
    for (const chart of charts) if (!chart.fixed) fill(chart, order, middle);
    count.textContent = order.length < 2 ? `${order.length} dossier affiché` : `${order.length} dossiers affichés`;
  }

  vega.formatLocale(data.locale);
  for (const [name, chart] of Object.entries(data.charts)) start(name, chart);
  if (tools) {
    tools.hidden = false;
    tools.addEventListener("change", arrange);
    tools.addEventListener("submit", (event) => event.preventDefault());
    arrange();
  }

  let width = window.innerWidth;
  window.addEventListener("resize", () => {
    if (window.innerWidth === width) return;
    width = window.innerWidth;
    for (const chart of charts) draw(chart, chart.place.clientWidth);
  });
  window.addEventListener("beforeprint", () => charts.forEach((chart) => draw(chart, PAPER, true)));
  window.addEventListener("afterprint", () => charts.forEach((chart) => draw(chart, chart.place.clientWidth)));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") bubble.hidden = true;
  });
})();
