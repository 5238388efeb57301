import { useEffect, useRef } from 'react'

const steps: Record<string, number> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }

// j and k go from row to row, by the rows' links, so that Enter opens one as everywhere; x selects.
export function useRowKeys(count: number, toggle?: (index: number) => void) {
  const body = useRef<HTMLTableSectionElement>(null)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target instanceof HTMLElement ? event.target : null
      if (!body.current || event.ctrlKey || event.metaKey || event.altKey || target?.closest('input:not([type=checkbox]), textarea, select, [role=dialog], [role=menu]')) return
      const rows = Array.from(body.current.rows)
      const at = rows.findIndex((row) => row.contains(document.activeElement))
      const step = steps[event.key]
      // The arrows scroll the page, until a row is where one is.
      if (step !== undefined && (at >= 0 || event.key.length === 1)) {
        event.preventDefault()
        const row = rows[Math.min(Math.max(at + step, 0), rows.length - 1)]
        row?.querySelector<HTMLElement>('a, button')?.focus()
        row?.scrollIntoView({ block: 'nearest' })
      } else if (event.key === 'x' && at >= 0) {
        toggle?.(at)
      }
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [count, toggle])
  return { body }
}
