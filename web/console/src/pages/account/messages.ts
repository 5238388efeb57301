import { catalogue } from '../../i18n/catalogue'

export const useAccountText = catalogue({
  en: {
    title: 'Your account', password: 'Password', password_about: 'Changing it signs you out everywhere else.', current: 'Current password', next: 'New password', again: 'The new password again', change: 'Change the password', changed: 'Password changed',
    too_short: 'At least 12 characters.', differ: 'The two are not the same.',
    factor: 'Second factor', factor_on: 'A code from your app is asked for at every sign-in.', factor_off: 'A code from an app on your phone, beside the password. Whoever learns the password alone stays outside.',
    set_up: 'Set it up', qr: 'The secret as a picture for your authenticator app', secret_about: 'Photograph this with your authenticator app, or put the secret into it; on the device that has it, open the link. Then type the code that it shows.', open_app: 'Open in the app', code: 'Code', confirm: 'Put it in force',
    codes_about: 'Keep these recovery codes where you find them without your phone. Each works once, and they are shown only now.', kept: 'I have kept them', remove: 'Take it away', removed: 'Second factor taken away', your_password: 'Your password',
    role: 'Roles', everywhere: 'the whole platform',
  },
  es: {
    title: 'Su cuenta', password: 'Contraseña', password_about: 'Al cambiarla se cierra su sesión en todos los demás sitios.', current: 'Contraseña actual', next: 'Contraseña nueva', again: 'Otra vez la contraseña nueva', change: 'Cambiar la contraseña', changed: 'Contraseña cambiada',
    too_short: 'Al menos 12 caracteres.', differ: 'No son iguales.',
    factor: 'Segundo factor', factor_on: 'En cada entrada se pide un código de su aplicación.', factor_off: 'Un código de una aplicación del teléfono, además de la contraseña. Quien solo sepa la contraseña se queda fuera.',
    set_up: 'Configurarlo', qr: 'El secreto como imagen para su aplicación de autenticación', secret_about: 'Escanee esto con su aplicación de autenticación o ponga en ella el secreto; en el dispositivo que la tiene, abra el enlace. Después escriba el código que muestra.', open_app: 'Abrir en la aplicación', code: 'Código', confirm: 'Ponerlo en vigor',
    codes_about: 'Guarde estos códigos de recuperación donde los encuentre sin el teléfono. Cada uno sirve una vez y solo se muestran ahora.', kept: 'Los he guardado', remove: 'Quitarlo', removed: 'Segundo factor quitado', your_password: 'Su contraseña',
    role: 'Funciones', everywhere: 'toda la plataforma',
  },
  ar: {
    title: 'حسابك', password: 'كلمة المرور', password_about: 'تغييرها يسجّل خروجك من كل مكان آخر.', current: 'كلمة المرور الحالية', next: 'كلمة المرور الجديدة', again: 'كلمة المرور الجديدة مرة أخرى', change: 'تغيير كلمة المرور', changed: 'تم تغيير كلمة المرور',
    too_short: '12 حرفًا على الأقل.', differ: 'غير متطابقتين.',
    factor: 'العامل الثاني', factor_on: 'يُطلب رمز من تطبيقك عند كل تسجيل دخول.', factor_off: 'رمز من تطبيق على هاتفك إلى جانب كلمة المرور. من يعرف كلمة المرور وحدها يبقى خارجًا.',
    set_up: 'إعداده', qr: 'السر في صورة لتطبيق المصادقة', secret_about: 'صوّر هذا بتطبيق المصادقة، أو أدخل السر فيه؛ وعلى الجهاز الذي عليه التطبيق افتح الرابط. ثم اكتب الرمز الذي يعرضه.', open_app: 'فتح في التطبيق', code: 'الرمز', confirm: 'تفعيله',
    codes_about: 'احفظ رموز الاسترداد هذه حيث تجدها من دون هاتفك. يعمل كل منها مرة واحدة، ولا تُعرض إلا الآن.', kept: 'حفظتها', remove: 'إزالته', removed: 'أُزيل العامل الثاني', your_password: 'كلمة مرورك',
    role: 'الأدوار', everywhere: 'المنصة كلها',
  },
})
