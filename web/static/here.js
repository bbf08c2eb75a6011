/* The button that fills in where somebody is, a hundred metres around: into the form, and nowhere else. */
(() => {
  const place = document.querySelector("[data-here]");
  if (!place || !isSecureContext || !navigator.geolocation) return;
  const { here, wait, failed } = place.dataset, form = place.closest("form");
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button button--quiet", textContent: here });
  place.append(button);
  button.addEventListener("click", () => {
    button.textContent = wait;
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      form.elements.at.value = `${coords.latitude.toFixed(3)},${coords.longitude.toFixed(3)}`;
      form.submit();
    }, () => { button.textContent = failed; });
  });
})();
