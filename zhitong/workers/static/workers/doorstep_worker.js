/* The service worker of the doorstep page: it keeps the page and its files, and nothing of anybody. */
"use strict";

const { page, files } = self.DOORSTEP;
const CACHE = `doorstep-${files.join("|")}`;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([page, ...files])).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const stale = (name) => name.startsWith("doorstep-") && name !== CACHE;
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(names.filter(stale).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

/* The page comes from the network while that answers; its files, whose names change with them, from here. */
const answerPage = async (request) => {
  const cache = await caches.open(CACHE);
  try {
    const answer = await fetch(request);
    if (answer.ok && !answer.redirected && answer.type === "basic") await cache.put(page, answer.clone());
    return answer.status >= 500 ? (await cache.match(page)) || answer : answer;
  } catch (lost) {
    return (await cache.match(page)) || Promise.reject(lost);
  }
};

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (event.request.mode === "navigate" && url.pathname === page) event.respondWith(answerPage(event.request));
  else if (files.includes(url.pathname)) {
    event.respondWith(caches.match(event.request).then((kept) => kept || fetch(event.request)));
  }
});
