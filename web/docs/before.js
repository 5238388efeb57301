// The viewer asks by trying whether it may make code out of texts. It may not, by the page's Content-Security-Policy, and
// does without; answered here, the question does not look like an attack in the browser's console.
function refuse() {
  throw new EvalError('no code is made out of texts here')
}
globalThis.Function = new Proxy(Function, { apply: refuse, construct: refuse })
