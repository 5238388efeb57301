import { Button, Checkbox, createTheme, type MantineColorsTuple, Modal, Paper, Table, Tooltip } from '@mantine/core'

const sluice: MantineColorsTuple = [
  '#e8f7f5', '#d3ebe7', '#a6d6cf', '#76c0b6', '#4fada0', '#369f92', '#0f766e', '#0c6961', '#075c55', '#004d47',
]

// Dense but calm: a clerk has this open all day.
export const theme = createTheme({
  primaryColor: 'sluice',
  primaryShade: { light: 6, dark: 5 },
  colors: { sluice },
  autoContrast: true,
  luminanceThreshold: 0.33,
  defaultRadius: 'md',
  fontFamily: 'Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, "DejaVu Sans Mono", monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  headings: { fontWeight: '600', sizes: { h1: { fontSize: '1.375rem' }, h2: { fontSize: '1.0625rem' }, h3: { fontSize: '0.9375rem' } } },
  components: {
    Button: Button.extend({ defaultProps: { size: 'sm' } }),
    Checkbox: Checkbox.extend({ defaultProps: { radius: 'sm' } }),
    Modal: Modal.extend({ defaultProps: { size: 'lg', centered: true, overlayProps: { backgroundOpacity: 0.4, blur: 1 } } }),
    Paper: Paper.extend({ defaultProps: { withBorder: true } }),
    Table: Table.extend({ defaultProps: { verticalSpacing: 6, horizontalSpacing: 'sm' } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 300, withArrow: true } }),
  },
})
