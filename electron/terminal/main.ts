/** Entry of the terminal host. Compiled code is kept between runs, so that the next command starts sooner. */
import { enableCompileCache } from 'node:module';

enableCompileCache();
const { run } = await import('./run.ts');
process.exitCode = await run(process.argv.slice(2));
