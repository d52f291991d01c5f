/* global self, caches, fetch, Response, URL */
/*
 * Shows a page of Heard's own where a page of somebody who answers cannot be reached. It keeps that page and the
 * files that it needs, and nothing else: never a page of a person. Served by server/web/service-worker-routes.ts,
 * which writes before it `self.HEARD`: the name of this version's store, the files to keep, the languages.
 */
var heard = self.HEARD || { version: '', files: [], languages: [] };
var STORE = 'heard-files-' + heard.version;
/** Written by waiting.js: the language of the page that was read last. */
var LANGUAGE_STORE = 'heard-language';
/** Addresses that people who answer come to, at their beginning. Leaving quickly must not end on a page of ours. */
var ANSWERING = /^\/($|respond\/(?!leave$))/;

function offlineAddress(language) {
  return '/respond/offline?language=' + language;
}

self.addEventListener('install', function (event) {
  event.waitUntil(
    caches
      .open(STORE)
      .then(function (store) {
        return store.addAll(heard.files.concat(heard.languages.map(offlineAddress)));
      })
      .then(function () {
        return self.skipWaiting();
      }),
  );
});

self.addEventListener('activate', function (event) {
  event.waitUntil(
    caches
      .keys()
      .then(function (names) {
        return Promise.all(
          names.map(function (name) {
            return name === STORE || name === LANGUAGE_STORE ? undefined : caches.delete(name);
          }),
        );
      })
      .then(function () {
        return self.clients.claim();
      }),
  );
});

function languageReadLast() {
  return caches
    .match('/respond/offline-language')
    .then(function (kept) {
      return kept ? kept.text() : '';
    })
    .then(function (language) {
      return heard.languages.indexOf(language) >= 0 ? language : heard.languages[0];
    });
}

/**
 * The page that stands in. A form that could not be sent leads to it, so that trying again sends no form twice; what
 * was to be hidden is hidden from there.
 */
function offlinePage(request) {
  return languageReadLast().then(function (language) {
    var address = offlineAddress(language);
    var hides = new URL(request.url).pathname === '/respond/hiding';
    if (request.method !== 'GET') return Response.redirect(hides ? address + '&then=hiding' : address, 303);
    return caches.match(address, { ignoreVary: true }).then(function (kept) {
      return kept || Response.error();
    });
  });
}

function keptFile(request) {
  return caches.match(request, { ignoreSearch: true, ignoreVary: true }).then(function (kept) {
    return kept || Response.error();
  });
}

self.addEventListener('fetch', function (event) {
  var request = event.request;
  var url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.mode === 'navigate') {
    if (!ANSWERING.test(url.pathname)) return;
    event.respondWith(
      fetch(request).catch(function () {
        return offlinePage(request);
      }),
    );
    return;
  }
  var isKept = heard.files.some(function (file) {
    return file.split('?')[0] === url.pathname;
  });
  if (!isKept) return;
  // The browser's own store answers first; this one stands in where it has let go of a file.
  event.respondWith(
    fetch(request).catch(function () {
      return keptFile(request);
    }),
  );
});
