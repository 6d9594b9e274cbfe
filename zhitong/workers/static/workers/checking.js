// Says on the button how many people are ticked; without it the button sends them just the same.
"use strict";
document.querySelectorAll("[data-checks]").forEach((form) => {
  const button = form.querySelector("[data-count-label]");
  const tell = () => {
    const count = form.querySelectorAll("input[name=same]:checked").length;
    button.textContent = count ? `${button.dataset.countLabel} (${count})` : button.dataset.countLabel;
  };
  form.addEventListener("change", tell);
  tell();
});
