import { Center, Loader } from '@mantine/core'

export function Starting() {
  return (
    <Center mih="60vh">
      <Loader type="dots" role="status" aria-label="Sluice" />
    </Center>
  )
}
