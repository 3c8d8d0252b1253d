// Completion from the data: variables of the query, keywords, and the classes and properties that
// are in use, the more used the higher. Terms are fetched once, when the first is wanted.

const KEYWORDS =
  "ASK BASE BIND BY CONSTRUCT COUNT DESC DESCRIBE DISTINCT FILTER FROM GRAPH GROUP GROUP_CONCAT HAVING LANG LIMIT MAX MIN MINUS NAMED NOT EXISTS OFFSET OPTIONAL ORDER PREFIX REGEX SAMPLE SELECT STR SUM UNION VALUES WHERE".split(
    " ",
  );

const WORD = /(?:[?$]\w*|[\p{L}\p{N}_][\p{L}\p{N}_.-]*(?::[\p{L}\p{N}_.%-]*)?|:[\p{L}\p{N}_.-]*)$/u;
const TOKEN = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^<>\s]*>|[?$]\w+|[\w.-]*:[\w.%-]*\w|[{}().;,]|[^\s{}();,.]+/g;

// more than anybody reads
const SHOWN = 60;

export function completions(url) {
  let terms;
  // without the terms the editor still knows the words of SPARQL
  const nothing = { prefixes: {}, classes: [], properties: [] };
  const fetched = () => (terms ??= fetch(url).then((answer) => (answer.ok ? answer.json() : nothing)));

  return async (context) => {
    const typed = context.matchBefore(WORD);
    if (!typed && !context.explicit) return null;
    const from = typed ? typed.from : context.pos;
    const text = context.state.doc.toString();
    const before = text.slice(0, from);
    if (inComment(before)) return null;
    if (/^[?$]/.test(typed?.text ?? "")) {
      const options = variables(text, typed.text);
      return { from, options, filter: false };
    }
    const known = await fetched().catch(() => nothing);
    if (context.aborted) return null;
    const options = ranked(known, text, before, typed?.text ?? "");
    // chosen and ordered here, so that the next key asks again
    return options.length ? { from, options, filter: false } : null;
  };
}

function inComment(before) {
  const line = before.slice(before.lastIndexOf("\n") + 1);
  return /(^|[\s;.{}])#[^<>]*$/.test(line);
}

function variables(text, typed) {
  const found = new Map();
  for (const name of text.match(/[?$]\w+/g) ?? []) found.set(name, (found.get(name) ?? 0) + 1);
  // what is just being typed is no variable yet
  if (found.get(typed) === 1) found.delete(typed);
  return [...found.keys()].filter((name) => name.startsWith(typed)).map((label) => ({ label }));
}

// What fits what is typed: first what may stand at this place of a triple, then what begins so,
// then what is used most.
function ranked(known, text, before, typed) {
  const { place, subject } = placeIn(before);
  const of = propertiesOf(known, text, subject);
  const wanted = { subject: 0, property: 1, class: 2, object: 2 }[place];
  const rows = [
    ...KEYWORDS.map((name) => ({ name, count: 0, label: "", kind: 0 })),
    ...known.properties.map(([name, count, label], i) => ({ name, count, label, kind: 1, own: of.has(i) })),
    ...known.classes.map(([name, count, label]) => ({ name, count, label, kind: 2 })),
  ];
  const found = [];
  for (const row of rows) {
    const match = matching(row, typed);
    if (match) found.push({ ...row, rank: [row.kind === wanted ? 1 : 0, row.own ? 1 : 0, match, row.count] });
  }
  found.sort((a, b) => {
    const at = a.rank.findIndex((value, index) => value !== b.rank[index]);
    return at < 0 ? 0 : b.rank[at] - a.rank[at];
  });
  return found.slice(0, SHOWN).map((row) => option(known, row));
}

// How well a name fits: 0 not at all, 1 somewhere inside, 2 at the beginning of a word, 3 at its own.
function matching({ name, label }, typed) {
  const wanted = typed.toLowerCase();
  const full = name.toLowerCase();
  if (wanted.includes(":")) {
    const [prefix, rest] = [wanted.slice(0, wanted.indexOf(":") + 1), wanted.slice(wanted.indexOf(":") + 1)];
    if (!full.startsWith(prefix)) return 0;
    return full.startsWith(wanted) ? 3 : full.includes(rest) ? 1 : 0;
  }
  const local = full.slice(full.indexOf(":") + 1);
  if (local.startsWith(wanted) || full.startsWith(wanted)) return 3;
  if (` ${label.toLowerCase()}`.includes(` ${wanted}`)) return 2;
  return local.includes(wanted) ? 1 : 0;
}

function option(known, { name, count, label, kind }) {
  if (kind === 0) return { label: name };
  const detail = `${count.toLocaleString("en")} ${label}`;
  return { label: name, detail, apply: (view, _, from, to) => insert(known, view, name, from, to) };
}

// Insert a name, and the declaration of its prefix where the query has none.
function insert(known, view, name, from, to) {
  const changes = [{ from, to, insert: name }];
  const prefix = /^([\w.-]*):/.exec(name)?.[1];
  const text = view.state.doc.toString();
  const declared = new RegExp(`\\bPREFIX\\s+${(prefix ?? "").replaceAll(".", "\\.")}:`, "i");
  let added = 0;
  if (prefix !== undefined && known.prefixes[prefix] && !declared.test(text)) {
    const line = `PREFIX ${prefix}: <${known.prefixes[prefix]}>\n`;
    // what a stored query says of itself stays on top
    const head = /^(?:#[^\n]*\n|\s*\n)*/.exec(text)[0].length;
    if (head <= from) {
      changes.unshift({ from: head, insert: line });
      added = line.length;
    }
  }
  view.dispatch({
    changes,
    selection: { anchor: from + added + name.length },
    userEvent: "input.complete",
  });
}

// What is to come next, by the tokens since the last end of a triple.
function placeIn(before) {
  const tokens = before.replace(/(^|\s)#[^\n]*/g, " ").match(TOKEN) ?? [];
  let row = [];
  let subject = "";
  for (const token of tokens) {
    if (token === "." || token === "{" || token === "}") {
      row = [];
      subject = "";
    } else if (token === ";") row = [subject];
    else if (token === ",") row = row.slice(0, 2);
    else {
      if (!row.length) subject = token;
      row.push(token);
    }
  }
  if (row.length === 0) return { place: "subject", subject };
  if (row.length === 1) return { place: "property", subject };
  return { place: /^(a|rdf:type)$/.test(row[1]) ? "class" : "object", subject };
}

// The properties, by index, that instances of the subject's classes in this query have.
function propertiesOf(known, text, subject) {
  const found = new Set();
  if (!/^[?$]/.test(subject)) return found;
  const name = subject.slice(1);
  const typed = new RegExp(`[?$]${name}\\s+(?:a|rdf:type)\\s+(\\S+)`, "g");
  for (const [, class_] of text.matchAll(typed)) {
    const row = known.classes.find(([name]) => name === class_.replace(/[;.}]+$/, ""));
    for (const index of row?.[3] ?? []) found.add(index);
  }
  return found;
}
