// `npm install` must not download a browser: the test command finds or installs one (test/browsers.ts).
module.exports = { skipDownload: true };
