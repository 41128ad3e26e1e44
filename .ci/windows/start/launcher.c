/* readiness.exe and readiness-cli.exe: loads the Python that lies beside it and lets it run our start.

   Python would do as well with its own python.exe; but then the taskbar, the list of processes and the
   firewall would speak of "Python". */

#include <windows.h>
#include <shellapi.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

#define MESSAGE 1     /* in launcher.rc, in every language */
#define NOT_WHOLE 64  /* this and the next as packaged_windows.py has them */
#define TOLD_BY L"READINESS_NOT_WHOLE"

#ifdef WINDOWED
static const int windowed = 1;
#else
static const int windowed = 0;
#endif

typedef int (*PythonMain)(int, wchar_t **);

static int not_whole(void)
{
    wchar_t text[512];
    if (!LoadStringW(NULL, MESSAGE, text, 512))
        wcscpy(text, L"Readiness is not whole. Please install it again.");
    if (windowed) {
        MessageBoxW(NULL, text, L"Readiness", MB_OK | MB_ICONERROR);
    } else {
        HANDLE out = GetStdHandle(STD_ERROR_HANDLE);
        DWORD written;
        if (!WriteConsoleW(out, text, (DWORD)wcslen(text), &written, NULL)) {
            char plain[2048];
            int length = WideCharToMultiByte(CP_UTF8, 0, text, -1, plain, sizeof plain, NULL, NULL);
            WriteFile(out, plain, length > 0 ? (DWORD)length - 1 : 0, &written, NULL);
        }
    }
    return NOT_WHOLE;
}

/* The folder of this program with a name after it; never cut off. */
static wchar_t *beside(const wchar_t *name)
{
    DWORD room = 512;
    for (;;) {
        wchar_t *path = malloc((room + wcslen(name) + 1) * sizeof *path);
        if (!path)
            return NULL;
        DWORD length = GetModuleFileNameW(NULL, path, room);
        if (length && length < room) {
            wchar_t *end = wcsrchr(path, L'\\');
            wcscpy(end ? end + 1 : path, name);
            return path;
        }
        free(path);
        if (!length || room > 40000)
            return NULL;
        room *= 2;
    }
}

static int start(void)
{
    static const wchar_t *const needed[] = {
        L"program\\" PYTHON L".zip", L"program\\modules.zip", L"program\\packaged_windows.pyc"};
    /* No library out of the folder that the program happens to be started in. */
    SetDllDirectoryW(L"");
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        wchar_t *path = beside(needed[i]);
        if (!path || GetFileAttributesW(path) == INVALID_FILE_ATTRIBUTES)
            return not_whole();
        free(path);
    }
    int count;
    wchar_t **given = CommandLineToArgvW(GetCommandLineW(), &count);
    wchar_t *library = beside(L"program\\" PYTHON L".dll");
    wchar_t *script = beside(L"program\\packaged_windows.pyc");
    wchar_t **arguments = given ? malloc((count + 2) * sizeof *arguments) : NULL;
    if (!arguments || !library || !script)
        return not_whole();
    HMODULE python = LoadLibraryExW(
        library, NULL, LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_SYSTEM32);
    PythonMain run = python ? (PythonMain)(void *)GetProcAddress(python, "Py_Main") : NULL;
    if (!run)
        return not_whole();
    arguments[0] = given[0];
    arguments[1] = script;
    for (int i = 1; i < count; i++)
        arguments[i + 1] = given[i];
    arguments[count + 1] = NULL;
    SetEnvironmentVariableW(TOLD_BY, NULL);
    int status = run(count + 1, arguments);
    return GetEnvironmentVariableW(TOLD_BY, NULL, 0) ? not_whole() : status;
}

#ifdef WINDOWED
int WINAPI wWinMain(HINSTANCE own, HINSTANCE none, PWSTR line, int shown)
{
    (void)own, (void)none, (void)line, (void)shown;
    return start();
}
#else
int wmain(void)
{
    return start();
}
#endif
