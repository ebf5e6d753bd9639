/** The whole text of the worker, where the library is one file that a page elsewhere imports: put in by the build. */

/** @type {string | null} */
export const workerSource = null;
