import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import { Navigate, useLocation } from 'react-router'
import { api, answered } from '../api/client'
import { useLanguage } from '../i18n/language'
import { ProblemAlert } from '../ui/problem_alert'
import { remember, remembered } from '../ui/memory'
import { Starting } from '../ui/starting'
import { actFor } from './acting_for'
import { readSession, type Role, type Session } from './requests'

export interface OperatorChoice {
  code: string
  name: string
}

interface SignedIn {
  session: Session
  operators: OperatorChoice[]
  operator: OperatorChoice | null
  role: Role
  isPlatform: boolean
  ownsPlatform: boolean
  switchTo: (code: string) => void
}

const Context = createContext<SignedIn | null>(null)
const ranks: Record<Role, number> = { viewer: 0, cashier: 1, support: 2, clerk: 3, owner: 4 }

// Whom each stands in for: a cashier and a support have some commands of a clerk each, and none of the other's.
const stands_for: Record<Role, Role[]> = {
  viewer: ['viewer'],
  cashier: ['viewer', 'cashier'],
  support: ['viewer', 'support'],
  clerk: ['viewer', 'cashier', 'support', 'clerk'],
  owner: ['viewer', 'cashier', 'support', 'clerk', 'owner'],
}

export const sessionKey = ['session'] as const

// What was read belongs to a user and an operator: another one reads it anew.
export const forgetAnswers = (queries: QueryClient): void =>
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' })

export function useSession(): SignedIn {
  const signedIn = useContext(Context)
  if (!signedIn) throw new Error('nobody is signed in')
  return signedIn
}

export const mayAs = (own: Role, needed: Role): boolean => stands_for[own].includes(needed)

// Whether the user may do what needs `role`. The server decides; the console only does not offer what would be refused.
export function useMay(role: Role): boolean {
  return mayAs(useSession().role, role)
}

// Shows its children to who is signed in; anybody else signs in first and comes back to where they were.
export function RequireSession({ children }: { children: ReactNode }) {
  const { data: session, error, isPending } = useQuery({ queryKey: sessionKey, queryFn: readSession, staleTime: Infinity })
  const location = useLocation()
  if (isPending) return <Starting />
  if (error) return <ProblemAlert problem={error} />
  if (!session) {
    const from = location.pathname + location.search
    return <Navigate to={from === '/' ? '/sign-in' : `/sign-in?from=${encodeURIComponent(from)}`} replace />
  }
  return <Acting session={session}>{children}</Acting>
}

function useOperators(session: Session): OperatorChoice[] | undefined {
  const isPlatform = session.grants.some((grant) => grant.operator === null)
  const all = useQuery({
    queryKey: ['operators', 'choice'],
    queryFn: () => answered(api.GET('/api/v1/operators', { params: { query: { limit: 500 } } })),
    enabled: isPlatform,
    staleTime: Infinity,
  })
  return useMemo(() => {
    if (isPlatform) return all.data?.items.map(({ code, name }) => ({ code, name })) ?? (all.error ? [] : undefined)
    return session.grants.flatMap(({ operator, operator_name }) =>
      operator === null ? [] : [{ code: operator, name: operator_name ?? operator }],
    )
  }, [isPlatform, all.data, all.error, session.grants])
}

function roleFor(session: Session, operator: string | undefined): Role {
  const roles = session.grants.filter((g) => g.operator === null || g.operator === operator).map((g) => g.role)
  return roles.sort((a, b) => ranks[b] - ranks[a])[0] ?? 'viewer'
}

function Acting({ session, children }: { session: Session; children: ReactNode }) {
  const queries = useQueryClient()
  const operators = useOperators(session)
  const { suggest } = useLanguage()
  useEffect(() => suggest(session.user.language), [suggest, session.user.language])
  const [chosen, setChosen] = useState(() => remembered('operator'))
  const operator = operators?.find(({ code }) => code === chosen) ?? operators?.[0] ?? null
  // During rendering, so that the first request of a child already acts for the right operator.
  actFor({ operator: operator?.code ?? null, csrfToken: session.csrf_token })
  const switchTo = useCallback(
    (code: string) => {
      remember('operator', code)
      setChosen(code)
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' && queryKey[0] !== 'operators' })
    },
    [queries],
  )
  const signedIn = useMemo(
    () => ({
      session,
      operators: operators ?? [],
      operator,
      role: roleFor(session, operator?.code),
      isPlatform: session.grants.some((grant) => grant.operator === null),
      ownsPlatform: session.grants.some(({ operator, role }) => operator === null && role === 'owner'),
      switchTo,
    }),
    [session, operators, operator, switchTo],
  )
  if (!operators) return <Starting />
  // A page shows one operator: another one is another page.
  return (
    <Context value={signedIn}>
      <div key={operator?.code ?? ''} style={{ display: 'contents' }}>
        {children}
      </div>
    </Context>
  )
}
