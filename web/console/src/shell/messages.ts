import { catalogue } from '../i18n/catalogue'

const en = {
  group_customers: 'Customers', group_money: 'Money', group_billing: 'Billing', group_setup: 'Set-up',
  dashboard: 'Dashboard', subscribers: 'Subscribers', sell: 'Sell', buildings: 'Buildings',
  documents: 'Documents', payments: 'Payments', cash_desk: 'Cash desk', bank_statements: 'Bank statements', collection: 'Collection',
  bill_runs: 'Bill runs', catalogue: 'Catalogue', policies: 'Policies',
  payment_methods: 'Payment methods', users: 'Users', api_keys: 'API keys', audit_log: 'Audit log', import: 'Import', settings: 'Settings',
  main_navigation: 'Main navigation', skip: 'Skip to the content', open_menu: 'Open the navigation', close_menu: 'Close the navigation',
  search: 'Search or jump to…', search_hint: 'Name, code, organization or a page', nothing_found: 'Nothing found',
  pages: 'Pages', actions: 'Actions',
  operator: 'Operator', language: 'Language', colour_scheme: 'Dark or light', light: 'Light', dark: 'Dark', like_system: 'Like the system',
  account: 'Your account', sign_out: 'Sign out', shortcuts: 'Keyboard shortcuts', api_docs: 'API documentation',
  role_viewer: 'Viewer', role_clerk: 'Clerk', role_owner: 'Owner', platform: 'platform',
  no_operator: 'There is no operator that you may act for',
  no_operator_hint: 'An owner of the platform creates operators, or gives you a role at one.',
  not_found: 'There is no such page', not_found_hint: 'The address may be old, or a letter may be missing. The command palette finds what there is.',
  go_home: 'To the subscribers', failed: 'This page cannot be shown', failed_hint: 'The rest of the console goes on. Reloading helps when it was updated meanwhile.',
  reload: 'Reload',
  shortcut_palette: 'Command palette', shortcut_help: 'This help', shortcut_subscribers: 'Go to subscribers', shortcut_sell: 'Sell',
  shortcut_documents: 'Go to documents', shortcut_payments: 'Go to payments', shortcut_dashboard: 'Go to the dashboard',
  shortcut_filter: 'Into the search field of a list', shortcut_rows: 'Next and previous row', shortcut_open: 'Open the row', shortcut_select: 'Select the row',
  close: 'Close', global: 'Everywhere', in_lists: 'In lists',
}

export type ShellKey = keyof typeof en

const es: Record<ShellKey, string> = {
  group_customers: 'Clientes', group_money: 'Dinero', group_billing: 'Facturación', group_setup: 'Configuración',
  dashboard: 'Panel', subscribers: 'Abonados', sell: 'Vender', buildings: 'Edificios',
  documents: 'Documentos', payments: 'Pagos', cash_desk: 'Caja', bank_statements: 'Extractos bancarios', collection: 'Cobranza',
  bill_runs: 'Ciclos de facturación', catalogue: 'Catálogo', policies: 'Políticas',
  payment_methods: 'Formas de pago', users: 'Usuarios', api_keys: 'Claves de API', audit_log: 'Registro de auditoría', import: 'Importar', settings: 'Ajustes',
  main_navigation: 'Navegación principal', skip: 'Saltar al contenido', open_menu: 'Abrir la navegación', close_menu: 'Cerrar la navegación',
  search: 'Buscar o ir a…', search_hint: 'Nombre, código, organización o una página', nothing_found: 'No se ha encontrado nada',
  pages: 'Páginas', actions: 'Acciones',
  operator: 'Operador', language: 'Idioma', colour_scheme: 'Oscuro o claro', light: 'Claro', dark: 'Oscuro', like_system: 'Como el sistema',
  account: 'Su cuenta', sign_out: 'Cerrar sesión', shortcuts: 'Atajos de teclado', api_docs: 'Documentación de la API',
  role_viewer: 'Consulta', role_clerk: 'Gestor', role_owner: 'Propietario', platform: 'plataforma',
  no_operator: 'No hay ningún operador por el que pueda actuar',
  no_operator_hint: 'Un propietario de la plataforma crea operadores o le da una función en uno.',
  not_found: 'No existe esa página', not_found_hint: 'La dirección puede ser antigua o faltarle una letra. La paleta de órdenes encuentra lo que hay.',
  go_home: 'A los abonados', failed: 'No se puede mostrar esta página', failed_hint: 'El resto de la consola sigue funcionando. Recargar ayuda si se ha actualizado entretanto.',
  reload: 'Recargar',
  shortcut_palette: 'Paleta de órdenes', shortcut_help: 'Esta ayuda', shortcut_subscribers: 'Ir a abonados', shortcut_sell: 'Vender',
  shortcut_documents: 'Ir a documentos', shortcut_payments: 'Ir a pagos', shortcut_dashboard: 'Ir al panel',
  shortcut_filter: 'Al campo de búsqueda de una lista', shortcut_rows: 'Fila siguiente y anterior', shortcut_open: 'Abrir la fila', shortcut_select: 'Seleccionar la fila',
  close: 'Cerrar', global: 'En todas partes', in_lists: 'En listas',
}

const ar: Record<ShellKey, string> = {
  group_customers: 'العملاء', group_money: 'الأموال', group_billing: 'الفوترة', group_setup: 'الإعداد',
  dashboard: 'لوحة المتابعة', subscribers: 'المشتركون', sell: 'بيع', buildings: 'المباني',
  documents: 'المستندات', payments: 'المدفوعات', cash_desk: 'الصندوق', bank_statements: 'كشوف البنك', collection: 'التحصيل',
  bill_runs: 'دورات الفوترة', catalogue: 'الكتالوج', policies: 'السياسات',
  payment_methods: 'طرق الدفع', users: 'المستخدمون', api_keys: 'مفاتيح الواجهة', audit_log: 'سجل التدقيق', import: 'استيراد', settings: 'الإعدادات',
  main_navigation: 'التنقل الرئيسي', skip: 'الانتقال إلى المحتوى', open_menu: 'فتح التنقل', close_menu: 'إغلاق التنقل',
  search: 'ابحث أو انتقل إلى…', search_hint: 'اسم أو رمز أو مؤسسة أو صفحة', nothing_found: 'لا توجد نتائج',
  pages: 'الصفحات', actions: 'الإجراءات',
  operator: 'المشغّل', language: 'اللغة', colour_scheme: 'داكن أو فاتح', light: 'فاتح', dark: 'داكن', like_system: 'مثل النظام',
  account: 'حسابك', sign_out: 'تسجيل الخروج', shortcuts: 'اختصارات لوحة المفاتيح', api_docs: 'توثيق الواجهة',
  role_viewer: 'مطّلع', role_clerk: 'موظف', role_owner: 'مالك', platform: 'المنصة',
  no_operator: 'لا يوجد مشغّل يمكنك العمل باسمه',
  no_operator_hint: 'مالك المنصة ينشئ المشغّلين أو يمنحك دورًا لدى أحدهم.',
  not_found: 'لا توجد صفحة كهذه', not_found_hint: 'قد يكون العنوان قديمًا أو ناقصًا. لوحة الأوامر تجد ما هو موجود.',
  go_home: 'إلى المشتركين', failed: 'تعذر عرض هذه الصفحة', failed_hint: 'بقية لوحة التحكم تعمل. إعادة التحميل تفيد إذا حُدّثت في هذه الأثناء.',
  reload: 'إعادة التحميل',
  shortcut_palette: 'لوحة الأوامر', shortcut_help: 'هذه المساعدة', shortcut_subscribers: 'إلى المشتركين', shortcut_sell: 'بيع',
  shortcut_documents: 'إلى المستندات', shortcut_payments: 'إلى المدفوعات', shortcut_dashboard: 'إلى لوحة المتابعة',
  shortcut_filter: 'إلى حقل البحث في القائمة', shortcut_rows: 'الصف التالي والسابق', shortcut_open: 'فتح الصف', shortcut_select: 'تحديد الصف',
  close: 'إغلاق', global: 'في كل مكان', in_lists: 'في القوائم',
}

export const useShellText = catalogue({ en, es, ar })
