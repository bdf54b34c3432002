// Plain JavaScript, loaded before anything else (--import), so that an old Node can read it and say what is wrong.
const major = Number(process.versions.node.split('.')[0]);
if (major < 22) {
  process.stderr.write(
    `Outpost needs Node 22 or later, and this is Node ${process.versions.node}. ` +
      'Run it through npm (npm start, npm run -s outpost), which uses the Node 24 that npm ci installed.\n',
  );
  process.exit(2);
}
