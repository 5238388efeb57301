// Days as one types them: "10, 5, 0".
// GIVES: null for what is none.
export function daysOf(typed: string): number[] | null {
  const words = typed.split(/[\s,;]+/).filter(Boolean)
  return words.every((word) => /^-?\d{1,4}$/.test(word)) ? words.map(Number) : null
}
