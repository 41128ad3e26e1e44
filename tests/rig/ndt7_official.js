// Runs M-Lab's own client, @m-lab/ndt7, against SERVER (host:port) and prints what it found as one
// line of JSON. The client is written for browsers: it is given the two things that Node lacks,
// WebSocket (package ws) and Worker (worker_threads).
'use strict';
const {Worker: Thread} = require('node:worker_threads');
const path = require('node:path');

const [folder, server, protocol] = process.argv.slice(2);
const modules = path.join(folder, 'node_modules');
const source = path.join(modules, '@m-lab', 'ndt7', 'src');

const PRELUDE = `
  const {parentPort, workerData} = require('node:worker_threads');
  const {readFileSync} = require('node:fs');
  globalThis.self = globalThis;
  globalThis.postMessage = (message) => parentPort.postMessage(message);
  const WS = require(workerData.ws);
  globalThis.WebSocket = class extends WS {
    constructor(url, protocols) { super(url, protocols, {perMessageDeflate: false}); }
  };
  (0, eval)(readFileSync(workerData.file, 'utf8'));
  parentPort.on('message', (data) => globalThis.onmessage({data}));
`;

globalThis.Worker = class {
  constructor(file) {
    const workerData = {file, ws: path.join(modules, 'ws')};
    this.thread = new Thread(PRELUDE, {eval: true, workerData});
    this.thread.on('message', (data) => this.onmessage({data}));
    this.thread.on('error', (error) => this.onmessage({data: {MsgType: 'error', Error: String(error)}}));
  }
  postMessage(message) { this.thread.postMessage(message); }
  terminate() { this.thread.terminate(); }
};

const ndt7 = require(path.join(source, 'ndt7.js'));
const found = {errors: []};
const config = {
  server, protocol, mlabDataPolicyInapplicable: true,
  downloadworkerfile: path.join(source, 'ndt7-download-worker.js'),
  uploadworkerfile: path.join(source, 'ndt7-upload-worker.js'),
};
ndt7.test(config, {
  error: (error) => found.errors.push(String(error)),
  downloadComplete: (result) => { found.download = result; },
  uploadComplete: (result) => { found.upload = result; },
}).then((code) => {
  console.log(JSON.stringify({...found, code}));
  process.exit(0);
});
