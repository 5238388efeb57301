// The guide at the beginning of openapi.yaml as steps, and a shell to paste their command lines into.
import { spawn } from 'node:child_process'
import { once } from 'node:events'

// GIVES: of each step its number, its words and its command lines.
export function stepsOf(text) {
  const guide = text.slice(text.indexOf('## Ten minutes'), text.indexOf('## Authentication'))
  return guide.split(/^(?=\*\*\d+\. )/m).slice(1).map((words) => ({
    number: Number(/^\*\*(\d+)\. /.exec(words)[1]),
    words: words.replace(/\s+/g, ' '),
    lines: [...words.matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, lines]) => lines).join(''),
  }))
}

// The lines with the address and the key that the reader has.
export function pasted(lines, url, key) {
  return lines.replace('http://127.0.0.1:8080', url).replace('slk_paste_yours_here', key)
}

// One shell for all steps, since later ones use what earlier ones have set.
export class Shell {
  #child = spawn('bash', ['-s'], { stdio: ['pipe', 'pipe', 'inherit'] })
  #closed = once(this.#child, 'close')
  #output = ''

  constructor() {
    this.#child.stdout.on('data', (text) => (this.#output += text))
  }

  // GIVES: what the lines print. They must end with status 0.
  async run(lines) {
    this.#output = ''
    this.#child.stdin.write(`${lines}\necho "[status $?]"\n`)
    for (;;) {
      const ended = /^([^]*)\[status (\d+)\]\n$/.exec(this.#output)
      if (ended?.[2] === '0') return ended[1]
      if (ended) throw new Error(`ended with status ${ended[2]}:\n${lines}`)
      if (this.#child.exitCode !== null) throw new Error(`the shell is gone:\n${lines}`)
      await Promise.race([once(this.#child.stdout, 'data'), this.#closed])
    }
  }

  end() {
    this.#child.stdin.end()
  }
}
