/* Bündel: a frame as high as what is in it. The same file stands in the frame, where it tells the height,
   and in the page around, where it listens. WordPress listens to the same words by itself. */
(() => {
  const home = new URL(document.currentScript.src).origin;
  const list = document.querySelector("main.embed");
  if (list && parent !== window) {
    const secret = (location.hash.match(/secret=([a-zA-Z0-9]+)/) || [])[1];
    const tell = (message, value) => parent.postMessage({ message, value, secret }, "*");
    const height = () => tell("height", Math.ceil(list.getBoundingClientRect().height));
    new ResizeObserver(height).observe(list);
    addEventListener("message", (event) => event.source === parent && event.data?.message === "ready" && height());
    // WordPress allows its frames no new windows; it follows links to our host when it is asked to.
    if (secret) list.addEventListener("click", (event) => {
      const link = event.target.closest("a");
      if (link?.target) { event.preventDefault(); tell("link", link.href); }
      else if (link) link.hash = location.hash;
    });
    return;
  }
  const frames = () => [...document.querySelectorAll("iframe")].filter((one) => one.src.startsWith(home + "/embed"));
  addEventListener("message", (event) => {
    const frame = event.data?.message === "height" && frames().find((one) => one.contentWindow === event.source);
    if (frame) frame.style.height = Math.min(Math.max(Number(event.data.value) || 0, 80), 6000) + "px";
  });
  const ask = () => frames().forEach((one) => one.contentWindow.postMessage({ message: "ready" }, "*"));
  ask();
  addEventListener("load", ask);
})();
