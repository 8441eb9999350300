// Sources import each other as `./name.js`, which is what they become; here the file is still `./name.ts`.
// Only for our own files: packages in node_modules may ship both, and mean the `.js`.
module.exports = (request, options) => {
  if (/^\.{1,2}\/.*\.js$/.test(request) && !options.basedir.includes('/node_modules/')) {
    for (const extension of ['.ts', '.tsx']) {
      try {
        return options.defaultResolver(request.replace(/\.js$/, extension), options);
      } catch {
        // Not that extension.
      }
    }
  }
  return options.defaultResolver(request, options);
};
