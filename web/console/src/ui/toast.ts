import { notifications } from '@mantine/notifications'

// Says that something is done. What went wrong stays beside what one typed instead, and does not go away by itself.
export function toast(message: string): void {
  notifications.show({ message, color: 'teal', autoClose: 4000, withCloseButton: false })
}
