# SPDX-License-Identifier: GPL-3.0-or-later
"""A person at the desk: drives the real program through the accessibility bus.

Needs a display and a session bus: `tests/e2e/with-display dbus-run-session -- python3 …`.
What GTK 4.8 gives no accessible action (rows, check buttons, drop-downs) is clicked with xdotool.
"""
import os
import subprocess
import time
import traceback

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402

PATIENCE = 20.0  # seconds until a thing that should appear counts as missing
INTERACTIVE = {'push button', 'toggle button', 'check box', 'text', 'combo box', 'spin button',
               'switch', 'slider', 'radio button', 'password text'}


def children(node):
    return [child for child in (node.get_child_at_index(i)
                                for i in range(node.get_child_count())) if child]


def walk(node, into_tables=True):
    yield node
    if not into_tables and node.get_role_name() == 'tree table':
        return  # 205 realised rows, which take seconds to ask for
    for child in children(node):
        yield from walk(child, into_tables)


def is_showing(node):
    """Whether a node has a place in the window: GTK 4.8 sets the state SHOWING on windows alone."""
    if 'Component' not in node.get_interfaces():
        return True
    box = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
    return box.width > 0 and box.height > 0 and box.x >= 0


def wait_for(look, what, patience=PATIENCE):
    """Returns the first true answer of look(); AssertionError when patience ends."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        try:
            found = look()
            if found:
                return found
        except GLib.Error:
            pass  # the node went away while we looked
        time.sleep(0.05)
    raise AssertionError(f'did not appear within {patience:.0f} s: {what}')


def text_of(node):
    return Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node))


class Program:
    """The running program; ends with the `with` block."""

    def __init__(self, *command):
        environment = dict(os.environ, GDK_BACKEND='x11', GSK_RENDERER='cairo', GTK_A11Y='atspi',
                           GDK_DEBUG='gl-disable', GSETTINGS_BACKEND='memory',
                           ADW_DISABLE_PORTAL='1', GTK_USE_PORTAL='0')
        self.process = subprocess.Popen(command, env=environment)
        self.root = None

    def __enter__(self):
        try:
            self.root = wait_for(self._appeared, 'the window')
        except AssertionError:
            self.__exit__()
            raise
        return self

    def __exit__(self, problem=None, *_):
        """Asks the program to end, as a session does that is left."""
        assert self.process.poll() is None, f'ended by itself: {self.process.returncode}'
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        assert problem or self.process.returncode == 0, self.process.returncode

    def _appeared(self):
        for application in children(Atspi.get_desktop(0)):
            if application.get_process_id() == self.process.pid and application.get_child_count():
                return application
        return None

    def matches(self, role, name, within, into_tables):
        for node in walk(within or self.root, into_tables):
            if ((role is None or node.get_role_name() == role)
                    and (name is None or name in (node.get_name() or '')) and is_showing(node)):
                yield node

    def all(self, role=None, name=None, within=None):
        return list(self.matches(role, name, within, within is not None))

    def find(self, role=None, name=None, within=None):
        """Waits for a thing that shows, by its role and a part of its name.

        The rows of tables are not searched: name the table as `within` for that.
        """
        into_tables = within is not None
        return wait_for(lambda: next(self.matches(role, name, within, into_tables), None),
                        f'{role or "anything"} “{name or ""}”')

    def gone(self, role=None, name=None):
        wait_for(lambda: not self.all(role, name), f'the end of {role} “{name}”')

    def click(self, role, name=None, within=None):
        node = self.find(role, name, within)
        wait_for(lambda: node.get_state_set().contains(Atspi.StateType.SENSITIVE),
                 f'{role} “{name}” ready to be clicked')
        if 'Action' in node.get_interfaces() and Atspi.Action.get_n_actions(node):
            Atspi.Action.do_action(node, 0)
        else:
            self.mouse(node)
        return node

    def mouse(self, node, clicks=1):
        """Clicks the middle of a node with the real pointer."""
        box = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
        subprocess.run(['xdotool', 'mousemove', '--window', self.window_id(),
                        str(box.x + box.width // 2), str(box.y + box.height // 2),
                        'click', '--repeat', str(clicks), '--delay', '60', '1'], check=True)

    def window_id(self):
        found = subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid',
                                str(self.process.pid)], capture_output=True, text=True, check=True)
        return found.stdout.split()[-1]

    def keys(self, *names):
        subprocess.run(['xdotool', 'key', '--window', self.window_id(), *names], check=True)

    def type(self, node, text):
        Atspi.EditableText.set_text_contents(node, text)

    def labels(self):
        return [node.get_name() for node in self.all('label')]

    def without_a_name(self):
        """Controls that a screen reader could not name: GTK falls back to the type's name.

        Parts of a drop-down and the eye of a password row are the toolkit's own.
        """
        return wait_for(lambda: [self._unnamed()], 'the controls')[0]

    def _unnamed(self):
        return [(node.get_role_name(), node.get_name())
                for node in self.matches(None, None, None, False)
                if node.get_role_name() in INTERACTIVE
                and (not node.get_name() or node.get_name().startswith(('Gtk', 'Adw', 'Shy')))
                and node.get_parent().get_role_name() != 'combo box'
                and (node.get_role_name(), node.get_name()) != ('push button', 'GtkImage')]


def run(*cases):
    """Runs the functions as TAP on descriptor 7 (see `journey`); returns the exit status."""
    tap = os.fdopen(7, 'w', buffering=1, encoding='utf-8')
    print(f'1..{len(cases)}', file=tap)
    failed = 0
    for number, case in enumerate(cases, 1):
        try:
            case()
            print(f'ok {number} - {case.__name__}', file=tap)
        except Exception:  # a failed case must not hide the next ones
            failed += 1
            print(f'not ok {number} - {case.__name__}', file=tap)
            for line in traceback.format_exc().splitlines():
                print(f'# {line}', file=tap)
    return int(failed > 0)
