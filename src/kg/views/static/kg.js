// What pages gain from a script; without it they lack nothing that they need.
// Words are those of the element that loads it, so that they are in the page's language.
(() => {
  const words = document.currentScript.dataset;

  // Tables: a button in each heading sorts the rows, by data-v or <time> where a cell has one.
  const number = (text) => (/^[-+]?[\d,]*\.?\d+(e[-+]?\d+)?$/i.test(text) ? Number(text.replaceAll(",", "")) : NaN);
  const key = (cell) =>
    cell?.dataset.v ?? cell?.querySelector("time")?.dateTime ?? cell?.textContent.trim() ?? "";

  function compare(a, b) {
    // what is empty comes last, whichever way
    if (!a || !b) return 0;
    const [x, y] = [number(a), number(b)];
    if (!Number.isNaN(x) && !Number.isNaN(y)) return x - y;
    return a.localeCompare(b, document.documentElement.lang, { numeric: true });
  }

  function sort(table, heading, index) {
    const down = heading.ariaSort === "ascending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    heading.ariaSort = down ? "descending" : "ascending";
    const body = table.tBodies[0];
    const rows = [...body.rows].map((row) => [key(row.cells[index]), row]);
    rows.sort(([a], [b]) => !a - !b || (down ? compare(b, a) : compare(a, b)));
    body.append(...rows.map(([, row]) => row));
  }

  for (const table of document.querySelectorAll("table")) {
    const [body] = table.tBodies;
    if (!table.tHead || table.tBodies.length !== 1 || body.rows.length < 2) continue;
    [...table.tHead.rows[0].cells].forEach((heading, index) => {
      // a heading that leads somewhere sorts on the server
      if (heading.querySelector("a, button") || !heading.textContent.trim()) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...heading.childNodes);
      button.addEventListener("click", () => sort(table, heading, index));
      heading.append(button);
    });
  }

  // Copying: whatever has data-copy gets a button; browsers allow it on safe connections only.
  const said = document.createElement("p");
  said.className = "spoken";
  said.role = "status";
  document.body.append(said);

  for (const source of navigator.clipboard ? document.querySelectorAll("[data-copy]") : []) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = words.copy;
    if (source.dataset.copy) button.ariaLabel = `${words.copy}: ${source.dataset.copy}`;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(source.textContent.trim());
      button.textContent = said.textContent = words.copied;
      setTimeout(() => {
        button.textContent = words.copy;
        said.textContent = "";
      }, 2000);
    });
    source.after(button);
  }

  // The editor is large, and the form works without it: it comes at the first sign of a person, and
  // at once where it has an error to mark.
  const field = document.querySelector("[data-editor]");
  if (field) {
    const waiting = new AbortController();
    const load = () => {
      waiting.abort();
      const script = document.createElement("script");
      script.src = field.dataset.editor;
      document.head.append(script);
    };
    const options = { capture: true, passive: true, signal: waiting.signal };
    if (field.dataset.line) load();
    else for (const sign of ["pointermove", "pointerdown", "keydown", "focusin"]) addEventListener(sign, load, options);
  }

  // Ctrl+K or ⌘K leads to the search box; a single key would be pressed by mistake.
  const search = document.querySelector("input[type=search]");
  if (search) {
    search.setAttribute("aria-keyshortcuts", "Control+K Meta+K");
    document.addEventListener("keydown", (event) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      search.focus();
      search.select();
    });
  }
})();
