/* Bündel: the builder's preview follows every choice; without this file the form is sent by its button. */
(() => {
  const form = document.querySelector("[data-builder]");
  let waiting;
  const update = async () => {
    const chosen = [...new FormData(form)].filter(([, value]) => value);
    const address = form.action + "?" + new URLSearchParams(chosen);
    const answer = await fetch(address);
    if (!answer.ok) return form.submit();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    document.getElementById("ergebnis").replaceWith(page.getElementById("ergebnis"));
    history.replaceState(null, "", address);
    document.dispatchEvent(new Event("buendel:changed"));
  };
  form.addEventListener("input", (event) => {
    if (event.target.type === "color") form.elements.colours.value = "own";
    clearTimeout(waiting);
    waiting = setTimeout(update, 350);
  });
})();
