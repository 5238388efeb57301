import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiProblem, isSignedOut } from './problem'

// REQUIRES: `signedOut` is called when the server no longer knows the session.
export function newQueryClient(signedOut: () => void): QueryClient {
  const watch = (failure: unknown) => {
    if (isSignedOut(failure)) signedOut()
  }
  return new QueryClient({
    queryCache: new QueryCache({ onError: watch }),
    mutationCache: new MutationCache({ onError: watch }),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        // A refusal stays one; only a world that did not answer is asked again.
        retry: (count, failure) => count < 2 && !(failure instanceof ApiProblem && failure.status < 500),
      },
    },
  })
}
