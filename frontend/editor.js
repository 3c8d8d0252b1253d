// The editor of the query page, in the place of its text field. Without it the form works too.
// It knows its page by the text field's attributes: data-terms is the URL of the terms to complete,
// data-line and data-column, both from 1, the place of an error, and data-message what it is.
import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import {
  bracketMatching,
  HighlightStyle,
  indentUnit,
  StreamLanguage,
  syntaxHighlighting,
} from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorState, Prec } from "@codemirror/state";
import { EditorView, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { completions } from "./completion.js";

// some servers and proxies refuse a longer URL
const LONGEST_URL = 6000;

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--code-keyword)", fontWeight: "600" },
  { tag: [tags.variableName, tags.standard(tags.name)], color: "var(--code-name)" },
  { tag: tags.special(tags.variableName), color: "var(--code-name)" },
  { tag: [tags.atom, tags.namespace], color: "var(--link)" },
  { tag: [tags.string, tags.number, tags.bool], color: "var(--code-literal)" },
  { tag: [tags.comment, tags.meta], color: "var(--soft)" },
]);

const theme = EditorView.theme({
  "&": {
    background: "var(--card)",
    color: "var(--ink)",
    border: "1px solid var(--soft)",
    borderRadius: "0.5rem",
    fontSize: "0.875rem",
  },
  "&.cm-focused": { outline: "3px solid var(--link)", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.5", borderRadius: "0.5rem" },
  ".cm-content": { minHeight: "12rem", padding: "0.6rem 0", caretColor: "var(--ink)" },
  ".cm-gutters": { background: "var(--card)", color: "var(--soft)", border: "0" },
  ".cm-gutter-lint": { width: "1.2em" },
  ".cm-tooltip": {
    background: "var(--card)",
    color: "var(--ink)",
    border: "1px solid var(--soft)",
    borderRadius: "0.4rem",
    overflow: "hidden",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": {
    fontFamily: "var(--mono)",
    maxHeight: "18em",
    maxWidth: "min(40rem, 92vw)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "0.2em 0.6em" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": {
    background: "var(--link)",
    color: "var(--on-link)",
  },
  ".cm-completionDetail": { fontStyle: "normal", opacity: "0.85", fontFamily: "var(--sans)" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  "&.cm-focused .cm-matchingBracket": { background: "var(--sunk)", outline: "1px solid var(--soft)" },
  ".cm-diagnostic": { fontFamily: "var(--sans)", whiteSpace: "pre-wrap" },
});

const field = document.querySelector("textarea[data-terms]");
if (field) start(field);

function start(field) {
  const form = field.form;
  const host = document.createElement("div");
  host.className = "editor";
  // SPARQL runs from the left on every page, and so do the numbers of its lines
  host.dir = "ltr";
  const { selectionStart: anchor, selectionEnd: head } = field;
  const focused = document.activeElement === field;
  field.before(host);
  // its styles are made by the script: in a shadow they are no inline ones, which pages refuse
  const shadow = host.attachShadow({ mode: "open" });
  const view = new EditorView({
    parent: shadow,
    root: shadow,
    state: EditorState.create({ doc: field.value, extensions: extensions(field, form) }),
  });
  field.hidden = true;
  // nobody can fill in what is hidden
  field.required = false;
  for (const label of field.labels) label.addEventListener("click", () => view.focus());
  for (const hint of document.querySelectorAll(".editor-hint")) hint.hidden = false;
  // whoever was already writing goes on where they were
  if (focused) {
    view.dispatch({ selection: { anchor, head } });
    view.focus();
  }
  markError(view, field);
  form.addEventListener("submit", () => {
    field.value = view.state.doc.toString();
    const url = new URLSearchParams(new FormData(form)).toString();
    form.method = url.length > LONGEST_URL ? "post" : "get";
  });
}

function extensions(field, form) {
  const run = () => {
    form.requestSubmit();
    return true;
  };
  // Tab indents, as in any editor; after Escape it leads on, as on any page, until text is changed
  const leave = (view) => {
    view.setTabFocusMode(true);
    return false;
  };
  const stay = (update) => update.docChanged && update.view.setTabFocusMode(false);
  return [
    EditorView.contentAttributes.of({
      "aria-label": field.labels[0]?.textContent ?? "SPARQL",
      autocapitalize: "off",
      spellcheck: "false",
      dir: "ltr",
    }),
    // before the list of completions, which takes the key for itself
    Prec.highest(keymap.of([{ key: "Escape", run: leave }])),
    lineNumbers(),
    lintGutter(),
    highlightSpecialChars(),
    history(),
    bracketMatching(),
    closeBrackets(),
    EditorView.lineWrapping,
    indentUnit.of("  "),
    StreamLanguage.define(sparql),
    syntaxHighlighting(colours),
    autocompletion({ override: [completions(field.dataset.terms)], icons: false }),
    EditorView.domEventHandlers({ focus: (_, view) => view.setTabFocusMode(false) }),
    EditorView.updateListener.of(stay),
    keymap.of([
      { key: "Mod-Enter", run },
      { key: "Tab", run: acceptCompletion },
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...historyKeymap,
      ...defaultKeymap,
      indentWithTab,
    ]),
    theme,
  ];
}

function markError(view, field) {
  const number = Number(field.dataset.line);
  if (!number || number > view.state.doc.lines) return;
  const line = view.state.doc.line(number);
  // the server counts characters, the editor UTF-16 units
  const before = [...line.text].slice(0, Math.max(0, Number(field.dataset.column) - 1)).join("");
  const from = line.from + before.length;
  const word = /^\S+/.exec(line.text.slice(before.length));
  const to = word ? from + word[0].length : line.to;
  const message = field.dataset.message;
  // at the end of a line there is nothing to underline but what stands before
  const place = from < to ? { from, to } : { from: Math.max(line.from, from - 1), to: from };
  view.dispatch(setDiagnostics(view.state, [{ ...place, severity: "error", message }]), {
    selection: { anchor: from },
    scrollIntoView: true,
  });
}
