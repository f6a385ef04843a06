"use strict";
/* The page: sliders, what follows from them, and the file of the weights found. Texts are set as text, never as markup. */
const page = (() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { problem, sets, words, packs } = data;
  const element = (id) => document.getElementById(id);
  const MOST_STEPS = 200;
  const QUIET = 600; // milliseconds without a change after which a change of order is announced
  const SAME_MOVE = 900; // milliseconds within which moves of one weight are one step to undo

  /* Words and figures */
  const plurals = new Intl.PluralRules(words.language.replace("_", "-"));
  function say(key, names = {}) {
    let phrase = words.phrases[key];
    if (typeof phrase === "object") {
      const forms = Object.keys(phrase);
      const two = forms.every((form) => form === "one" || form === "other");
      phrase = phrase[two ? (names.count === 1 ? "one" : "other") : plurals.select(names.count)] ?? phrase.other;
    }
    return phrase.replace(/\{([a-z_]+)\}/g, (_, name) => anchored(String(names[name]))).trim();
  }
  /** A name written from right to left, followed by a mark that keeps what comes after it in its place. */
  const anchored = (text) => (/\p{Script=Hebrew}|\p{Script=Arabic}|\p{Script=Syriac}|\p{Script=Thaana}/u.test(text) ? `${text}\u200e` : text);
  const listing = (items) =>
    items.length < 2
      ? items.join("")
      : say("listing", { first: items.slice(0, -1).join(words.separator), last: items[items.length - 1] });
  const together = (sentences) => sentences.filter(Boolean).join(words.between);
  const marked = (text) => {
    const [whole, part] = text.split(".");
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, words.grouping);
    return part === undefined ? grouped : grouped + words.decimal + part;
  };
  function fixed(number, places = 1) {
    const published = Number(Math.abs(number).toPrecision(12)); // a half goes up, as it reads with 12 digits
    const scaled = published < 1e-6 ? 0 : Math.round(Number(`${published}e${places}`));
    const text = marked((scaled / 10 ** places).toFixed(places));
    return number < 0 && scaled !== 0 ? `−${text}` : text;
  }
  const percentage = (text) => words.percentage.replace("{}", text);
  const quantity = (number) => marked(String(number));
  function share(number) {
    const rounded = Math.round(1000 * number);
    if (rounded === 0 && number > 0) return say("share.below", { share: percentage(fixed(0.1)) });
    if (rounded === 1000 && number < 1) return say("share.above", { share: percentage(fixed(99.9)) });
    return percentage(fixed(rounded / 10, rounded % 10 === 0 ? 0 : 1));
  }

  /* The DOM */
  function make(name, properties = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
      if (key in made && key !== "list") made[key] = value;
      else made.setAttribute(key, value);
    }
    made.append(...children);
    return made;
  }
  const setText = (node, text) => {
    if (node.textContent !== text) node.textContent = text;
  };
  const titles = problem.options.map((option) => option.title);
  const named = (rows) => listing(rows.map((row) => titles[row]));

  /* The state, and the way back */
  const startingFrom = (base) => {
    const { shares } = sets[base];
    return { shares, memory: { inner: shares, rest: shares }, locked: [], base, changed: false };
  };
  let state = startingFrom(data.base);
  let past = [];
  let future = [];
  let last = { what: null, at: -Infinity };

  function become(next, what = null) {
    const now = performance.now();
    const continues = what !== null && what === last.what && now - last.at < SAME_MOVE;
    if (!continues) past = [...past, state].slice(-MOST_STEPS);
    last = { what, at: now };
    future = [];
    state = next;
    show();
  }
  function step(from, to) {
    if (!from.length) return;
    to.push(state);
    state = from.pop();
    last = { what: null, at: -Infinity };
    show();
  }
  /** Earlier weights, for the proportions of what weighs nothing now, so that a slider can always be moved back. */
  function remembered(shares, moving) {
    const inner = state.memory.inner.map((before, k) => (shares[k] > 0 ? shares[k] : before));
    if (moving.columns.length === 1 && shares[moving.columns[0]] === 0) inner[moving.columns[0]] = 0;
    const kept = scoring.sum(moving.others.map((k) => shares[k])) > 0;
    const rest = state.memory.rest.map((before, k) => (moving.others.includes(k) && !kept ? before : shares[k]));
    return { inner, rest };
  }
  function move(id, percent) {
    const node = problem.nodes.find((other) => other.id === id);
    const moving = scoring.movement(problem, state.shares, node, state.locked, state.memory);
    if (moving.undefined || !Number.isFinite(percent)) {
      show();
      return;
    }
    const shares = scoring.moved(moving, percent / 100);
    become({ ...state, shares, memory: remembered(shares, moving), changed: true }, id);
  }
  function lock(id, on) {
    const locked = on ? [...state.locked, id] : state.locked.filter((other) => other !== id);
    become({ ...state, locked });
  }

  /* Weights */
  const controls = new Map();
  for (const node of document.querySelectorAll("[data-node]")) {
    const id = node.dataset.node;
    const [slider, box, lockBox] = ["w.", "p.", "l."].map((kind) => element(kind + id));
    controls.set(id, { slider, box, lockBox, note: element(`m.${id}`), marks: node.querySelector(".marks") });
    slider.addEventListener("input", () => move(id, slider.valueAsNumber));
    box.addEventListener("change", () => move(id, box.valueAsNumber));
    lockBox.addEventListener("change", () => lock(id, lockBox.checked));
  }
  function mark(kind, at, way) {
    const made = make("span", { className: `mark ${kind} ${way}` });
    made.style.insetInlineStart = `${100 * at}%`;
    return made;
  }
  function band(kind, interval) {
    const made = make("span", { className: `band ${kind}` });
    made.style.insetInlineStart = `${100 * interval.low}%`;
    made.style.inlineSize = `${100 * (interval.high - interval.low)}%`;
    return made;
  }
  function showWeights(found) {
    const leader = titles[found.verdict.first];
    for (const node of found.nodes) {
      const { slider, box, lockBox, note, marks } = controls.get(node.id);
      const percent = 100 * node.share;
      if (document.activeElement !== slider || Math.abs(slider.valueAsNumber - percent) > 0.25) slider.value = percent;
      slider.setAttribute("aria-valuetext", share(node.share));
      if (document.activeElement !== box || !(Math.abs(box.valueAsNumber - percent) <= 1e-9)) box.value = Number(percent.toFixed(4));
      const still = node.undefined !== null;
      for (const control of [slider, box]) control.disabled = still;
      lockBox.checked = state.locked.includes(node.id);
      if (still) {
        marks.replaceChildren();
        setText(note, say(`chart.stability.undefined.${node.undefined}`));
        continue;
      }
      if (node.leader === null) continue;
      const lead = node.leader;
      const order = node.order;
      const ends = [];
      if (order.atLow.length) ends.push(mark("turns", order.low, "below"));
      if (order.atHigh.length) ends.push(mark("turns", order.high, "above"));
      if (lead.atLow.length) ends.push(mark("leads", lead.low, "below"));
      if (lead.atHigh.length) ends.push(mark("leads", lead.high, "above"));
      marks.replaceChildren(band("leads-on", lead), band("stays", order), ...ends);
      const said = [node.below, node.above]
        .filter(Boolean)
        .map(({ percent: at, taking }) => say("exported.mark.first", { share: percentage(quantity(at)), options: named(taking) }));
      if (!said.length) said.push(say("chart.lead-stays", { leader }));
      const [low, high] = scoring.inward(order, node.share).map((end) => percentage(quantity(Number(end.toFixed(9)))));
      said.push(order.atLow.length || order.atHigh.length ? say("exported.mark.order", { low, high }) : say("exported.mark.sure"));
      setText(note, said.join(words.rows));
    }
    element("undo").disabled = !past.length;
    element("redo").disabled = !future.length;
  }

  /* The ranking */
  const items = problem.options.map((option, row) => {
    const item = element(`order.${row}`);
    const parts = problem.tops.map((_, part) => item.querySelector(`.part-${part}`));
    const find = (name) => item.querySelector(name);
    return { item, parts, rank: find(".rank"), value: find(".value"), facts: find(".facts"), bar: find(".bar"), cells: [...item.querySelectorAll("tbody tr")] };
  });
  const placed = (found, row) =>
    found.best[row] === found.worst[row] ? String(found.ranks[row]) : `${found.best[row]}–${found.worst[row]}`;
  const valued = (found, row) =>
    found.upper[row] > found.lower[row]
      ? say("scenarios.range", { low: fixed(found.lower[row]), high: fixed(found.upper[row]) })
      : fixed(found.lower[row]);
  function facts(found, row) {
    const place = found.order.indexOf(row);
    const said = [];
    const level = found.order.filter((other) => other !== row && found.ranks[other] === found.ranks[row]);
    const known = (one) => found.upper[one] === found.lower[one];
    if (level.length) said.push(say("exported.level", { options: named(level) }));
    else if (place > 0) {
      const above = found.order[place - 1];
      if (known(row) && known(above)) {
        const points = found.lower[above] - found.lower[row];
        said.push(say("exported.behind", { points: fixed(points), option: titles[above] }));
        const sure = problem.surely.some(([winner, loser]) => winner === above && loser === row);
        if (points <= problem.threshold + scoring.TIE && !sure) said.push(data.close);
      }
    }
    if (problem.baseline !== null && row !== problem.baseline && known(row) && known(problem.baseline)) {
      const lead = found.lower[row] - found.lower[problem.baseline];
      said.push(`${say("label.lead")}${data.colon}${lead > 0 ? "+" : ""}${fixed(lead)}`);
    }
    if (problem.dominates.some(([, loser]) => loser === row)) said.push(data.dominated);
    for (const [option, column, fails] of problem.crossings) {
      const criterion = problem.criteria[column].short;
      if (option === row) said.push(say(fails ? "red-line.cell.fails" : "red-line.cell.might", { criterion }));
    }
    return said.join(" · ");
  }
  function showRanking(found) {
    const list = element("order");
    if (found.order.some((row, place) => list.children[place] !== items[row].item)) {
      const active = document.activeElement;
      list.append(...found.order.map((row) => items[row].item));
      if (list.contains(active)) active.focus();
    }
    const most = Math.max(...found.lower, 1);
    problem.options.forEach((option, row) => {
      const { parts, rank, value, bar, cells, facts: line } = items[row];
      setText(rank, placed(found, row));
      setText(value, valued(found, row));
      setText(line, facts(found, row));
      const points = problem.tops.map((top) => scoring.sum(top.columns.map((k) => problem.values[row][k] * state.shares[k])));
      parts.forEach((part, index) => {
        part.style.inlineSize = `${Math.max(0, (100 * points[index]) / most)}%`;
        part.classList.toggle("slim", points[index] / most < 0.04);
      });
      bar.setAttribute("aria-label", problem.tops.map((top, index) => `${top.title} ${fixed(points[index])}`).join(words.separator));
      cells.forEach((line_, k) => {
        const [, weight, , contribution] = line_.children;
        setText(weight, share(state.shares[k]));
        const open = problem.unknown[row][k] === 1 && state.shares[k] > 0;
        setText(contribution, open ? say("scenarios.range", { low: fixed(0), high: fixed(100 * state.shares[k]) }) : fixed(problem.values[row][k] * state.shares[k]));
      });
    });
  }

  /* What it comes to, in sentences */
  const weightsTitle = () => (state.changed ? say("ask.these") : sets[state.base].title);
  function headline(found) {
    const { first, kind, next, lead, rivals, excluded, mightFail, narrow } = found.verdict;
    const names = { option: titles[first], weights: weightsTitle(), value: fixed(found.lower[first]) };
    const said = [];
    if (kind === "none-keeps") said.push(say("bottom.none-keeps", names));
    else if (kind === "alone") said.push(say(problem.options.length === 1 ? "bottom.alone" : "bottom.alone-left", names));
    else if (kind === "open") said.push(say("bottom.open", names));
    else if (kind === "tied") said.push(say("bottom.tied", { ...names, options: named([first, ...rivals]) }));
    else {
      const by = { ...names, lead: fixed(lead), second: titles[next], why: "" };
      said.push(say("bottom.act.ranking", names), say(narrow || kind === "close" ? "bottom.lead.narrow" : "bottom.lead.clear", by));
      if (kind === "close") {
        const pair = say("close.pair", { better: titles[first], worse: titles[next], difference: fixed(lead) });
        said.push(say("close.some", { threshold: quantity(problem.threshold), pairs: pair }));
      }
    }
    if (excluded.length) said.push(say("bottom.excluded", { excluded: named(excluded), count: excluded.length }));
    if (mightFail && kind !== "none-keeps") said.push(say("bottom.might-fail", names));
    return together(said);
  }
  /** The single weight that has to move least for another option to lead. */
  function nearest(found) {
    const ends = found.nodes
      .filter((node) => node.leader && !problem.nodes.find((other) => other.id === node.id).group)
      .flatMap((node) => [node.below, node.above].filter(Boolean).map((end) => ({ ...end, node })));
    ends.sort((a, b) => Math.abs(a.percent / 100 - a.node.share) - Math.abs(b.percent / 100 - b.node.share));
    return ends.length ? ends[0] : null;
  }
  function change(found) {
    const least = nearest(found);
    const said = [];
    if (least === null) said.push(found.nodes.some((node) => node.leader) ? say("exported.change.none") : "");
    else {
      const perhaps = least.taking.some((row) => problem.unknown[row].some((open, k) => open && state.shares[k] > 0));
      const names = {
        to: percentage(quantity(least.percent)),
        node: problem.nodes.find((node) => node.id === least.node.id).short,
        share: share(least.node.share),
        taking: named(least.taking),
      };
      said.push(say("nearest.weight", { change: say(perhaps ? "change.weight-perhaps" : "change.weight", names) }));
    }
    if (state.locked.length) {
      const held = state.locked.map((id) => problem.nodes.find((node) => node.id === id).short);
      said.push(say("exported.locked", { nodes: listing(held) }));
    }
    return together(said);
  }
  let announced = null;
  let waiting = null;
  const inWords = (found) =>
    say("exported.order", {
      order: found.order.map((row) => say("exported.order.row", { rank: placed(found, row), option: titles[row] })).join(words.separator),
    });
  /** Say a changed order once, when weights have come to rest; nothing if it is as it was said last. */
  function announce(found) {
    const order = inWords(found);
    if (announced === null) announced = order;
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      if (order !== announced) element("live").textContent = order;
      announced = order;
    }, QUIET);
  }

  /* Saved sets */
  let shownBase = null;
  function showSets(found) {
    const cells = [...element("now").querySelectorAll("td")];
    problem.options.forEach((_, row) => {
      setText(cells[row], placed(found, row));
      cells[row].classList.toggle("first", found.ranks[row] === 1);
    });
    if (shownBase !== state.base) element("base").value = String(state.base);
    shownBase = state.base;
  }

  /* Packages */
  const table = packs === null ? null : scoring.tabulate(packs);
  const joined = (pack) => {
    const names = packs.members.filter((_, member) => Math.floor(pack / 2 ** member) % 2 === 1).map((member) => member.short);
    if (!names.length) return say("packages.empty", { baseline: packs.baseline.short });
    return names.reduce((first, next) => say("packages.join", { first, last: next }));
  };
  const used = (pack, index) => table.used[index][pack] / packs.resources[index].unit;
  function packageSentences(chosen, capacities) {
    const [best] = chosen.rows;
    const { counts, baseline } = chosen;
    const whole = (count) => fixed(count, 0);
    const basis = say("packages.counts", { all: whole(counts.all), allowed: whole(counts.allowed), admitted: whole(counts.admitted) });
    const left = [
      counts.failing ? say("packages.failing", { count: counts.failing }) : "",
      counts.off ? say("exported.packages.off", { count: counts.off }) : "",
    ];
    if (!best) return [say("exported.packages.none"), together([basis, ...left])];
    const names = { package: joined(best.package), baseline: packs.baseline.title, value: fixed(best.value) };
    const gain = best.value - baseline;
    const first = gain > scoring.TIE ? say("packages.best", { ...names, gain: fixed(gain) }) : say("packages.best.none", names);
    const said = [];
    const tied = chosen.rows.filter((row) => row.rank === 1).length;
    if (tied > 1) said.push(say("packages.tied", { count: tied }));
    const next = chosen.rows.find((row) => best.value - row.value > scoring.TIE);
    if (next) said.push(say("packages.next", { package: joined(next.package), gap: fixed(best.value - next.value) }));
    else if (chosen.rows.length === 1) said.push(say("packages.only"));
    if (packs.resources.length) {
      const uses = packs.resources.map((resource, index) =>
        say("packages.use", {
          title: resource.title,
          use: quantity(Number(used(best.package, index).toPrecision(12))),
          capacity: quantity(capacities[index]),
          unit: resource.unit_name,
        }),
      );
      said.push(say("packages.uses", { uses: uses.join(words.rows) }));
    }
    const held = problem.criteria.filter((_, k) => table.held[best.package * packs.columns.length + k] === 1);
    if (held.length) said.push(say("packages.held-on", { criteria: listing(held.map((criterion) => criterion.title)) }));
    return [first, together([...said, basis, ...left])];
  }
  function showPackages() {
    const capacities = packs.resources.map((resource, index) => {
      const number = element(`capacity.${index}`).valueAsNumber;
      return Number.isFinite(number) ? number : resource.capacities[0];
    });
    const masks = { in: 0, out: 0 };
    packs.members.forEach((_, member) => {
      const choice = element(`member.${member}`).value;
      if (choice in masks) masks[choice] += 2 ** member;
    });
    const chosen = scoring.choose(packs, table, state.shares, capacities, masks.in, masks.out);
    const [first, others] = packageSentences(chosen, capacities);
    element("best-package").replaceChildren(make("p", { className: "headline" }, first), make("p", {}, others));
    const best = chosen.rows.length ? chosen.rows[0].value : 0;
    const lines = chosen.rows.slice(0, 10).map((row) =>
      make(
        "tr",
        {},
        make("td", {}, String(row.rank)),
        make("th", { scope: "row" }, joined(row.package)),
        make("td", {}, row.open > 0 ? say("scenarios.range", { low: fixed(row.value), high: fixed(row.value + row.open) }) : fixed(row.value)),
        make("td", {}, fixed(best - row.value)),
        ...packs.resources.map((_, index) => make("td", {}, quantity(Number(used(row.package, index).toPrecision(12))))),
      ),
    );
    element("package-rows").replaceChildren(...lines);
  }
  if (packs !== null) {
    packs.resources.forEach((_, index) => element(`capacity.${index}`).addEventListener("input", showPackages));
    packs.members.forEach((_, member) => element(`member.${member}`).addEventListener("change", showPackages));
  }

  /* The file of the weights found */
  const cleaned = (text) =>
    text
      .normalize("NFC")
      .replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/gu, " ")
      .replace(/[\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\p{Bidi_Control}\ufff9-\ufffb\u2800]/gu, "")
      .replace(/\s+/g, " ")
      .trim();
  /** An id made of a title: letters and digits of ASCII, not that of another set, and no device name. */
  function idOf(title) {
    const plain = title.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
    let id = plain.slice(0, 56).replace(/-+$/, "") || "explored";
    if (/^(con|prn|aux|nul|(com|lpt)[0-9])$/.test(id)) id = `${id}-weights`;
    for (let number = 1; ; number += 1) {
      const free = number === 1 ? id : `${id}-${number}`;
      if (!data.taken.includes(free)) return free;
    }
  }
  function weightSet(fields) {
    const now = new Date();
    const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
    const judged = problem.criteria.map((criterion, k) => `  ${criterion.id}: ${written(100 * state.shares[k])}`);
    return [
      data.yaml.head,
      `title: ${JSON.stringify(fields.title)}`,
      `holder: ${JSON.stringify(fields.holder)}`,
      `status: ${fields.asked ? "elicited" : "illustrative"}`,
      `date: ${day}`,
      `parent: ${sets[state.base].parent}`,
      `rationale: ${JSON.stringify(fields.rationale)}`,
      "",
      "method: direct",
      "across: leaves",
      "judgements:",
      ...judged,
      "",
      data.yaml.ranges,
    ].join("\n");
  }
  /** A number with 12 significant digits and no exponent. */
  const written = (number) => {
    const rounded = Number(number.toPrecision(12));
    return rounded < 1e-6 ? rounded.toFixed(18).replace(/\.?0+$/, "") || "0" : String(rounded);
  };
  const fieldOf = (name) => element(`save.${name}`);
  const fields = () => ({
    title: cleaned(fieldOf("title").value),
    holder: cleaned(fieldOf("holder").value),
    rationale: cleaned(fieldOf("rationale").value),
    asked: fieldOf("asked").checked,
  });
  element("save-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const given = fields();
    const missing = ["title", "holder", "rationale"].filter((name) => !given[name]);
    for (const name of ["title", "holder", "rationale"]) {
      fieldOf(name).setAttribute("aria-invalid", String(missing.includes(name)));
    }
    const said = element("save-said");
    if (missing.length) {
      setText(said, say("exported.save.missing", { fields: listing(missing.map((name) => element(`save.${name}.label`).textContent)) }));
      fieldOf(missing[0]).focus();
      return;
    }
    const file = `${idOf(given.title)}.yaml`;
    const address = URL.createObjectURL(new Blob([weightSet(given)], { type: "application/yaml" }));
    const link = make("a", { href: address, download: file });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
    setText(said, say("exported.save.done", { file }));
  });

  /* Links into what is folded away open it */
  function unfold() {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && element(id);
    if (!target) return;
    for (let above = target; above; above = above.parentElement) if (above.tagName === "DETAILS") above.open = true;
    target.scrollIntoView();
    (target.tagName === "DETAILS" ? target.querySelector("summary") : target).focus({ preventScroll: true });
  }
  addEventListener("hashchange", unfold);

  function show() {
    const found = scoring.analyse(problem, state.shares, state.locked, state.memory);
    showWeights(found);
    showRanking(found);
    showSets(found);
    if (packs !== null) showPackages();
    setText(element("headline"), headline(found));
    setText(element("change"), change(found));
    const brief = found.order.slice(0, 2).map((row) => `${placed(found, row)} ${problem.options[row].short} ${valued(found, row)}`);
    element("brief").replaceChildren(...brief.map((text) => make("span", {}, text)));
    announce(found);
  }
  element("undo").addEventListener("click", () => step(past, future));
  element("redo").addEventListener("click", () => step(future, past));
  element("reset").addEventListener("click", () => {
    become(startingFrom(Number(element("base").value)));
  });
  for (const part of document.querySelectorAll("[data-live]")) part.hidden = false;
  show();
  unfold();
  return { fixed, say, share, weightSet, idOf, state: () => state, set: (shares) => become({ ...state, shares, changed: true }) };
})();
