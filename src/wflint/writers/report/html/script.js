"use strict";
(() => {
  const flows = JSON.parse(document.getElementById("data").textContent);
  const root = document.documentElement;
  document.getElementById("theme").addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });
  const make = (name, text, parent) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (parent) parent.append(made);
    return made;
  };
  const place = (at) => at ? at.path + (at.cell ? ":cell " + at.cell : "") + ":" + at.line : "";
  const range = (cost) => !cost || !cost.high ? "no model call is known"
    : cost.recorded ? Math.round(cost.typical) + " recorded" : "about " + Math.round(cost.low) + " to " + Math.round(cost.high);
  const facts = (panel, rows) => {
    const list = make("dl", undefined, panel);
    for (const [name, value] of rows) {
      if (value === null || value === undefined || value === "" || value.length === 0) continue;
      make("dt", name, list);
      const cell = make("dd", undefined, list);
      if (Array.isArray(value)) {
        const items = make("ul", undefined, cell);
        for (const item of value) make("li", item, items);
      } else if (value instanceof Node) cell.append(value);
      else cell.textContent = String(value);
    }
  };
  const field = (one) => one.name + (one.type ? ": " + one.type : "") + (one.required === false ? " (optional)" : "")
    + (one.certainty === "possible" ? " (on some paths)" : "") + (one.description ? " – " + one.description : "");
  const inner = (id) => {
    const number = flows.findIndex((flow) => flow.graph.id === id);
    if (number < 0) return id || "";
    const link = make("a", flows[number].graph.name);
    link.href = "#w" + number;
    return link;
  };
  const showStep = (flow, step, panel) => {
    make("h3", step.id, panel);
    const cost = flow.costs.find((one) => one.step === step.id);
    const often = (flow.graph.execution ? flow.graph.execution.executions : []).find((one) => one.step === step.id);
    facts(panel, [["kind", step.kind], ["runs", inner(step.workflow)], ["needs", step.needs.map(field)],
      ["offers", step.offers.map(field)], ["promises in words", step.promises.map((one) => one.sentence)],
      ["asks in words", step.asks.map((one) => one.sentence)], ["tools", step.tools], ["model", step.model],
      ["effective tokens", range(cost && cost.cost)],
      ["runs in one pass", often ? (often.most ? "at most " + often.most + ", " : "") + often.bound : ""],
      ["added at", place(step.location)], ["defined at", place(step.definition)]]);
  };
  const showEdge = (flow, number, panel) => {
    const edge = flow.graph.edges[number], figures = flow.edges[number], told = edge.coordination;
    make("h3", edge.source + " → " + edge.target, panel);
    facts(panel, [["kind", edge.kind + (edge.label === null ? "" : " on " + edge.label) + (edge.certainty === "possible" ? " (possible)" : "")],
      ["coordination", told ? told.label + ": p " + told.p_mismatch.toFixed(2) + ", watching pays from " + told.threshold.toFixed(2)
        + ", confidence " + told.confidence.toFixed(2) : ""],
      ["what to do", figures.advice],
      ["reasons", told ? told.reasons.map((one) => (one.weight ? (one.weight > 0 ? "+" : "") + one.weight.toFixed(1) + " " : "") + one.text) : []],
      ["evidence", told ? told.evidence.executions + " executions, " + told.evidence.mismatches + " mismatches" : ""],
      ["loss a run", Math.round(figures.loss) + " effective tokens"], ["watching saves", Math.round(figures.saves) + " effective tokens a run"],
      ["the target costs", range(figures.target)], ["declared at", place(edge.location)]]);
  };
  const choose = (part) => {
    const svg = part.closest("svg"), flow = flows[Number(svg.dataset.flow)];
    const panel = part.closest("details").querySelector(".panel");
    for (const other of svg.querySelectorAll(".chosen")) other.classList.remove("chosen");
    part.classList.add("chosen");
    panel.replaceChildren();
    if (part.dataset.edge !== undefined) showEdge(flow, Number(part.dataset.edge), panel);
    else if (flow.graph.steps[Number(part.dataset.step)]) showStep(flow, flow.graph.steps[Number(part.dataset.step)], panel);
  };
  const setUp = (svg) => {
    const parts = [...svg.querySelectorAll(".step"), ...svg.querySelectorAll(".edge")];
    if (parts.length) parts[0].setAttribute("tabindex", "0");
    const all = svg.viewBox.baseVal, whole = [all.x, all.y, all.width, all.height];
    const view = (x, y, width, height) => svg.setAttribute("viewBox", [x, y, width, height].join(" "));
    const zoom = (by) => view(all.x + all.width * (1 - by) / 2, all.y + all.height * (1 - by) / 2, all.width * by, all.height * by);
    if (whole[3] > 3000) view(0, 0, whole[2], 900);
    for (const button of svg.closest("details").querySelectorAll("[data-zoom]")) button.addEventListener("click", () => {
      if (button.dataset.zoom === "fit") view(...whole); else zoom(button.dataset.zoom === "in" ? 0.75 : 1.33);
    });
    let from = null, moved = false;
    svg.addEventListener("pointerdown", (event) => { from = [event.clientX, event.clientY, all.x, all.y]; moved = false; });
    svg.addEventListener("pointermove", (event) => {
      if (!from || !event.buttons) return;
      const scale = 1 / svg.getScreenCTM().a, x = event.clientX - from[0], y = event.clientY - from[1];
      if (Math.abs(x) + Math.abs(y) > 4) moved = true;
      if (moved) view(from[2] - x * scale, from[3] - y * scale, all.width, all.height);
    });
    svg.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      zoom(event.deltaY < 0 ? 0.85 : 1.18);
    }, { passive: false });
    svg.addEventListener("click", (event) => {
      const part = event.target.closest("[data-edge],[data-step]");
      if (part && !moved) choose(part);
    });
    svg.addEventListener("keydown", (event) => {
      const at = parts.indexOf(document.activeElement);
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      const next = event.key === "Home" ? 0 : event.key === "End" ? parts.length - 1 : step ? at + step : -1;
      if (at >= 0 && next >= 0 && next < parts.length) {
        event.preventDefault();
        parts[at].setAttribute("tabindex", "-1");
        parts[next].setAttribute("tabindex", "0");
        parts[next].focus();
      } else if (at >= 0 && (event.key === "Enter" || event.key === " ")) { event.preventDefault(); choose(parts[at]); }
    });
  };
  for (const svg of document.querySelectorAll("svg[data-flow]")) setUp(svg);
  const open = () => {
    const aim = location.hash.startsWith("#w") && document.getElementById(location.hash.slice(1));
    if (aim) { aim.open = true; aim.scrollIntoView(); }
  };
  addEventListener("hashchange", open);
  open();
  addEventListener("beforeprint", () => { for (const one of document.querySelectorAll("details")) one.open = true; });
})();
