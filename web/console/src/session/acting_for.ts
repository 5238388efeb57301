// Who a request acts for. The client of the API reads it outside of React; the session's provider keeps it up to date.
interface ActingFor {
  operator: string | null
  csrfToken: string
}

let current: ActingFor = { operator: null, csrfToken: '' }

export const actingFor = (): ActingFor => current
export const actFor = (next: ActingFor): void => {
  current = next
}
