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
  const written = (flow, at) => {
    const line = at && flow.lines.find((one) => one.path === at.path && one.line === at.line && one.cell === (at.cell || null));
    if (!line) return place(at);
    const shown = document.createElement("span");
    shown.append(place(at));
    make("code", line.text, make("div", undefined, shown));
    return shown;
  };
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
    const shown = document.createElement("div"), link = make("a", flows[number].title, shown);
    link.href = "#w" + number;
    const copy = document.querySelector('svg[data-flow="' + number + '"]').cloneNode(true);
    copy.setAttribute("role", "img");
    copy.setAttribute("aria-label", flows[number].title);
    for (const name of ["data-flow", "style"]) copy.removeAttribute(name);
    for (const part of copy.querySelectorAll("[role]"))
      for (const name of ["role", "tabindex", "aria-label", "data-step", "data-edge"]) part.removeAttribute(name);
    copy.classList.add("inner");
    shown.append(copy);
    return shown;
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
      ["added at", written(flow, step.location)], ["defined at", written(flow, step.definition)]]);
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
      ["the target costs", range(figures.target)], ["declared at", written(flow, edge.location)]]);
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
    const frame = svg.parentElement, wide = svg.viewBox.baseVal.width, high = svg.viewBox.baseVal.height;
    const zoom = (by) => {
      const before = svg.getBoundingClientRect(), x = frame.clientWidth / 2, y = frame.clientHeight / 2;
      const scale = Math.min(Math.max(before.width / wide * by, 0.05), 4), grown = scale * wide / before.width;
      const left = (frame.scrollLeft + x) * grown - x, top = (frame.scrollTop + y) * grown - y;
      svg.style.maxWidth = "none";
      svg.style.width = scale * wide + "px";
      frame.scrollTo(left, top);
    };
    const whole = () => zoom(Math.min(frame.clientWidth / wide, frame.clientHeight / high, 1) * wide / svg.getBoundingClientRect().width);
    for (const button of svg.closest("details").querySelectorAll("[data-zoom]")) button.addEventListener("click", () => {
      if (button.dataset.zoom === "fit") whole(); else zoom(button.dataset.zoom === "in" ? 1.33 : 0.75);
    });
    let from = null, moved = false;
    svg.addEventListener("pointerdown", (event) => {
      from = event.pointerType === "touch" ? null : [event.clientX + frame.scrollLeft, event.clientY + frame.scrollTop];
      moved = false;
    });
    svg.addEventListener("pointermove", (event) => {
      if (!from || !event.buttons) return;
      const x = from[0] - event.clientX, y = from[1] - event.clientY;
      if (Math.abs(x - frame.scrollLeft) + Math.abs(y - frame.scrollTop) > 4) moved = true;
      if (moved) frame.scrollTo(x, y);
    });
    svg.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      zoom(event.deltaY < 0 ? 1.18 : 0.85);
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
  const find = document.getElementById("find");
  if (find) find.addEventListener("input", () => {
    const wanted = find.value.toLowerCase(), fits = flows.map((flow) => flow.graph.id.toLowerCase().includes(wanted));
    fits.forEach((fit, number) => { document.getElementById("w" + number).hidden = !fit; });
    for (const row of find.closest("section").querySelectorAll("tbody tr"))
      row.hidden = !fits[Number(row.querySelector("a").hash.slice(2))];
  });
  const open = () => {
    const aim = location.hash.startsWith("#w") && document.getElementById(location.hash.slice(1));
    if (aim) { aim.open = true; aim.scrollIntoView(); }
  };
  addEventListener("hashchange", open);
  open();
  addEventListener("beforeprint", () => { for (const one of document.querySelectorAll("details")) one.open = true; });
})();
