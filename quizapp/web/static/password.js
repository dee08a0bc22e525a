// A button that shows what is typed into a password field, and hides it again before the form is sent.
"use strict";

for (const field of document.querySelectorAll("input[type=password]")) {
  const words = document.querySelector("form[data-show]").dataset;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button quiet reveal";
  button.textContent = words.show;
  button.setAttribute("aria-controls", field.id);
  const turn = (isShown) => {
    field.type = isShown ? "text" : "password";
    button.textContent = isShown ? words.hide : words.show;
  };
  button.addEventListener("click", () => turn(field.type === "password"));
  field.form.addEventListener("submit", () => turn(false));
  const row = document.createElement("div");
  row.className = "with-button";
  field.replaceWith(row);
  row.append(field, button);
}
