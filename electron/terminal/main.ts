/** Entry of the terminal host. Compiled code is kept between runs, so that the next command starts sooner. */
import { keepCompiledCode } from '../compile-cache.ts';

keepCompiledCode();
const { run } = await import('./run.ts');
process.exitCode = await run(process.argv.slice(2));
