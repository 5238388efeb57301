import { MantineProvider, useDirection } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from 'react-router'
import { newQueryClient } from './api/query_client'
import { LanguageProvider } from './i18n/language'
import { router } from './routes'
import { sessionKey } from './session/session'
import { theme } from './theme'

const queries = newQueryClient(() => queries.setQueryData(sessionKey, null))

// Where the navigation is not.
function Toasts() {
  return <Notifications position={useDirection().dir === 'rtl' ? 'bottom-left' : 'bottom-right'} />
}

export function App() {
  return (
    <QueryClientProvider client={queries}>
      <LanguageProvider>
        <MantineProvider theme={theme} defaultColorScheme="auto">
          <Toasts />
          <RouterProvider router={router} />
        </MantineProvider>
      </LanguageProvider>
    </QueryClientProvider>
  )
}
