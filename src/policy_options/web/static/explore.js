// The explorer's only script. It asks the server for parts of the page and puts them in their places; it computes nothing.
// Without it every form works by its buttons.
"use strict";
(() => {
  const home = document.body.dataset.home;
  const at = (id) => document.getElementById(id);
  const form = at("form");
  let version = document.body.dataset.version;
  let base = ""; // the query of the state that the next move starts from
  let said = ""; // the order that was announced last
  let running = false, waiting = null; // one question at a time; a newer one takes the place of one that waits
  let timer = 0, following = null;
  let touched = false; // whether a field was filled in, which a reload would lose
  let top = 0; // the latest place in the history of this page

  const tell = (text) => { at("announce").textContent = text; };

  function put(part) {
    const old = at(part.id);
    if (!old || old.innerHTML === part.innerHTML && old.dataset.query === part.dataset.query) return;
    const inside = (node) => [...node.querySelectorAll("a, button, input, summary, [tabindex]")];
    const place = old.contains(document.activeElement) ? inside(old).indexOf(document.activeElement) : -1;
    old.replaceWith(part);
    if (place >= 0) inside(part)[place]?.focus();
  }

  function show(text, moving, done) {
    const page = new DOMParser().parseFromString(text, "text/html");
    const values = [...page.querySelectorAll("i[data-value]")];
    if (values.length !== form.querySelectorAll("input[type=range]").length || values.some((one) => !at("r-" + one.dataset.value))) {
      location.reload(); // the criteria themselves have changed
      return false;
    }
    for (const one of values) {
      const id = one.dataset.value, lock = form.querySelector(`input[name=lock][value="${id}"]`);
      for (const box of [at("r-" + id), at("n-" + id)]) {
        box.max = one.dataset.most;
        box.disabled = one.dataset.fixed === "1";
        if (moving === null || box !== document.activeElement && (done || id !== moving)) box.value = one.dataset.to;
      }
      lock.checked = one.dataset.locked === "1";
    }
    page.querySelectorAll("[data-part]").forEach(put);
    for (const link of document.querySelectorAll("a[data-path]")) link.href = home + link.dataset.path + at("state").dataset.query;
    return true;
  }

  async function run(question) {
    running = true;
    try {
      const answer = await fetch(home + "change" + question.query);
      const text = await answer.text();
      if (!answer.ok) {
        const said = new DOMParser().parseFromString(text, "text/html").querySelector("main");
        const box = document.createElement("p");
        box.className = "alert";
        box.setAttribute("role", "alert");
        box.textContent = said ? [...said.querySelectorAll("h1, p")].map((one) => one.textContent).join(" ") : String(answer.status);
        at("status").append(box);
        if (answer.status === 422) await run({ query: base, moving: null, commit: false }).then(() => at("status").append(box));
      } else if (show(text, question.moving, question.commit)) {
        document.body.dataset.shown = String(Number(document.body.dataset.shown || 0) + 1);
        if (question.commit) commit(question.push);
        follow();
      }
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // the server has ended, or the page is being left
    }
    running = false;
    const next = waiting;
    waiting = null;
    if (next) await run(next);
  }

  function ask(question) {
    if (running) waiting = waiting && waiting.commit && !question.commit ? waiting : question;
    else run(question);
  }

  function commit(push) {
    base = at("state").dataset.query;
    if (push && home + base !== location.pathname + location.search) {
      top = (history.state?.place ?? 0) + 1;
      history.pushState({ place: top }, "", home + base);
    }
    if (at("state").dataset.order !== said) tell(said = at("state").dataset.order);
    buttons();
  }

  function buttons() {
    const place = history.state?.place ?? 0;
    at("undo").disabled = place === 0;
    at("redo").disabled = place >= top;
  }

  function follow() {
    const target = at("robustness");
    target.setAttribute("aria-busy", "true");
    clearTimeout(timer);
    following?.abort();
    timer = setTimeout(async () => {
      following = new AbortController();
      try {
        const answer = await fetch(home + "robustness" + at("state").dataset.query, { signal: following.signal });
        if (answer.status === 202) { follow(); return; }
        target.innerHTML = await answer.text();
        target.setAttribute("aria-busy", "false");
      } catch (error) {
        if (error.name !== "AbortError" && !(error instanceof TypeError)) throw error;
      }
    }, 120);
  }

  const altered = (change) => {
    const query = new URLSearchParams(base);
    change(query);
    const text = query.toString();
    return text ? "?" + text : "";
  };

  function moved(event, done) {
    const box = event.target, id = box.dataset.id;
    if (!id || box.value === "" || !box.validity.valid) return;
    for (const other of [at("r-" + id), at("n-" + id)]) if (other !== box) other.value = box.value;
    const query = altered((each) => { each.set("move", id); each.set("to", box.value); });
    ask({ query, moving: id, commit: done, push: done });
  }

  async function watch() {
    if (!document.hidden) {
      try {
        const answer = await fetch(home + "version");
        const now = answer.ok ? await answer.text() : version;
        if (now !== version) {
          version = now;
          if (form) ask({ query: base, moving: null, commit: true, push: false });
          else if (!touched) location.reload();
        }
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
      }
    }
    setTimeout(watch, 1500);
  }

  document.querySelectorAll("[data-confirm]").forEach((button) => button.addEventListener("click", (event) => {
    if (!window.confirm(button.dataset.confirm)) event.preventDefault();
  }));
  document.addEventListener("input", () => { touched = true; });
  document.querySelectorAll("[data-shows]").forEach((box) => box.addEventListener("input", () => {
    box.value = Number(box.value).toPrecision(3); // sliders of capacities: three digits are as many as anyone can aim at
    at(box.dataset.shows).textContent = String(Number(box.value));
  }));
  setTimeout(watch, 1500);
  if (!form) return;

  base = at("state").dataset.query;
  said = at("state").dataset.order;
  top = history.state?.place ?? 0;
  history.replaceState({ place: top }, "");
  for (const id of ["undo", "redo"]) at(id).hidden = false;
  buttons();
  form.addEventListener("input", (event) => moved(event, false));
  form.addEventListener("change", (event) => {
    const box = event.target;
    if (box.dataset.id) { moved(event, true); return; }
    const query = altered((each) => {
      if (box.name === "lock") {
        const locks = [...form.querySelectorAll("input[name=lock]:checked")].map((one) => one.value);
        each.delete("lock");
        if (locks.length) each.set("lock", locks.join(","));
      } else {
        each.set(box.name, box.value);
        if (box.name === "set") each.delete("w");
      }
    });
    ask({ query, moving: null, commit: true, push: true });
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.submitter?.name === "reset") ask({ query: altered((each) => { each.delete("w"); each.delete("try"); each.delete("lock"); }), moving: null, commit: true, push: true });
  });
  at("undo").addEventListener("click", () => history.back());
  at("redo").addEventListener("click", () => history.forward());
  window.addEventListener("popstate", () => ask({ query: location.search, moving: null, commit: true, push: false }));
  follow();
})();
