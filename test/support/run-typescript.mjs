// Lets a child process run the sources as they are: `node --import <this file> script.ts`.
// Node strips the types; the imports name the `.js` files that a build would make.
import { registerHooks } from 'node:module';

registerHooks({
  resolve(specifier, context, next) {
    if (!specifier.startsWith('.') || !specifier.endsWith('.js')) return next(specifier, context);
    try {
      return next(specifier, context);
    } catch (error) {
      if (error?.code !== 'ERR_MODULE_NOT_FOUND') throw error;
      return next(`${specifier.slice(0, -3)}.ts`, context);
    }
  },
});
