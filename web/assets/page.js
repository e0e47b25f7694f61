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

// A button that copies what it names.
for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copy);
    await navigator.clipboard.writeText(source.textContent.trim());
    const before = button.textContent;
    button.textContent = button.dataset.done;
    setTimeout(() => (button.textContent = before), 1600);
  });
}
