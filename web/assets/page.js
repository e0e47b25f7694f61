// The page is whole without this file. It only saves a hand movement here and there.
"use strict";

// “/” puts the cursor into the search box, unless somebody is typing.
document.addEventListener("keydown", (event) => {
  const box = document.getElementById("q");
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? "");
  if (event.key === "/" && box && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    box.focus();
    box.select();
  }
});

// Choosing a day filters at once; the button stays for those without script.
for (const form of document.querySelectorAll("form.days")) {
  form.addEventListener("change", () => form.requestSubmit());
}

// Copies a text. Where the page came over plain HTTP, as inside an office, browsers offer no clipboard: a selection that
// is copied is the way that is left.
async function copy(text) {
  if (navigator.clipboard) {
    return navigator.clipboard.writeText(text);
  }
  const box = document.createElement("textarea");
  box.value = text;
  document.body.append(box);
  box.select();
  document.execCommand("copy");
  box.remove();
}

// A button that copies what `text` gives, and says that it did.
function copies(button, text) {
  const before = button.textContent;
  button.hidden = false;
  // Pressing it must not take away what is selected.
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("click", async () => {
    await copy(text());
    button.textContent = button.dataset.done;
    setTimeout(() => (button.textContent = before), 1600);
  });
}

// The words that are selected in the text of a document.
function selected() {
  const selection = getSelection();
  const text = document.querySelector(".text");
  const inside = text?.contains(selection.anchorNode) && text.contains(selection.focusNode);
  return inside ? selection.toString().trim() : "";
}

for (const button of document.querySelectorAll("button[data-copy]")) {
  copies(button, () => document.getElementById(button.dataset.copy).textContent.trim());
}

// Words with their source: those of the passage, or on the page of a document those that are selected.
for (const button of document.querySelectorAll("button[data-quote]")) {
  const passage = button.closest(".passage")?.querySelector(".words");
  const words = () => (passage ? passage.textContent : selected()).trim().replace(/\s+/g, " ");
  copies(button, () => `“${words()}” (${button.dataset.quote})`);
  if (!passage) {
    document.addEventListener("selectionchange", () => (button.disabled = selected() === ""));
  }
}

// Each press on the number of matches leads to the next one.
const onward = document.querySelector("a[data-matches]");
onward?.addEventListener("click", () => {
  const next = (Number(onward.hash.slice(2)) % Number(onward.dataset.matches)) + 1;
  setTimeout(() => (onward.hash = `#m${next}`));
});
