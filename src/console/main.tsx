import './styles/tokens.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/components.css';
import './styles/lists.css';
import './styles/now.css';
import './styles/search.css';
import './styles/forms.css';
import './styles/entity.css';
import './styles/message.css';
import { render } from 'preact';
import { App } from './app.tsx';
import { keepBase } from './base.ts';
import { applyLanguage } from './i18n/language.ts';
import { watchAttendance } from './api/attendance.ts';
import { applyTheme } from './shell/theme.ts';

keepBase();
applyTheme();
applyLanguage();
watchAttendance();

const root = document.querySelector('#app');
if (root !== null) render(<App />, root);
