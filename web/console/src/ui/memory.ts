// What the browser remembers for the console. A browser that may remember nothing is no reason to stop working.
export function remembered(name: string): string | null {
  try {
    return localStorage.getItem(`sluice.${name}`)
  } catch {
    return null
  }
}

export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(`sluice.${name}`, value)
  } catch {
    // It is asked again next time.
  }
}
