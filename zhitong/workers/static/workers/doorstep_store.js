/* What the telephone carries: the people of one village, what waits to be sent, and to whom it belongs. */
"use strict";

(() => {
  const NAME = "doorstep";
  const STORES = { meta: "name", people: "id", outbox: "key" };
  let opened = null;

  const open = () => {
    opened ||= new Promise((done, fail) => {
      const request = indexedDB.open(NAME, 1);
      request.onupgradeneeded = () => {
        for (const [name, keyPath] of Object.entries(STORES)) request.result.createObjectStore(name, { keyPath });
      };
      request.onsuccess = () => done(request.result);
      request.onerror = () => fail(request.error);
    });
    return opened;
  };

  /* Do `work(stores)` in one transaction; the answer is that of the request which it returns, if any. */
  const within = async (names, mode, work) => {
    const base = await open();
    return new Promise((done, fail) => {
      const transaction = base.transaction(names, mode);
      const request = work(...names.map((name) => transaction.objectStore(name)));
      transaction.oncomplete = () => done(request ? request.result : undefined);
      transaction.onerror = transaction.onabort = () => fail(transaction.error);
    });
  };

  const all = (name) => within([name], "readonly", (store) => store.getAll());
  const get = (name, key) => within([name], "readonly", (store) => store.get(key));
  const put = (name, row) => within([name], "readwrite", (store) => store.put(row));
  const drop = (name, key) => within([name], "readwrite", (store) => store.delete(key));
  const meta = async (name) => (await get("meta", name))?.value;
  const setMeta = (name, value) => put("meta", { name, value });

  /* The village as the server has it now takes the place of what was here. */
  const replacePeople = (people) => within(["people"], "readwrite", (store) => {
    store.clear();
    for (const one of people) store.put(one);
  });

  const clear = (names = Object.keys(STORES)) => within(names, "readwrite", (...stores) => {
    for (const store of stores) store.clear();
  });

  /* What is left of something that was never sent: when it was stated and which field, of nobody. */
  const stubOf = ({ key, number, stated_at, field }) => ({ key, number, stated_at, field: field ?? null, state: "expired", reason: "expiredUnsent" });

  /* Delete what is older than it may be; the answer tells whether the list of people went. What still waited leaves
     a stub until a person takes note of it, so that nobody believes it sent. */
  const expire = async (days) => {
    const oldest = Date.now() - days * 86_400_000;
    for (const one of await all("outbox")) {
      if (one.state === "expired" || Date.parse(one.stated_at) >= oldest) continue;
      if (one.state === "waiting") await put("outbox", stubOf(one));
      else await drop("outbox", one.key);
    }
    const synced = await meta("syncedAt");
    if (!synced || synced >= oldest) return false;
    await clear(["people"]);
    await setMeta("syncedAt", null);
    return true;
  };

  const outbox = async () => (await all("outbox")).sort((a, b) => a.number - b.number);

  window.Doorstep = { store: { all, get, put, drop, meta, setMeta, replacePeople, clear, expire, outbox } };
})();
