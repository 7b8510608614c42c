@echo off
rem Runs Quire from a checkout, and builds it at the first use. To build it again, delete cli\target.
rem JAVA_HOME chooses the JDK; QUIRE_JAVA_OPTS adds options for it, such as -Xmx2g.
rem No variable is used inside of parentheses: one with a parenthesis in it, as "Program Files (x86)" has, would end them.
setlocal EnableExtensions DisableDelayedExpansion
set "QUIRE_HOME=%~dp0"
set "QUIRE_JAR=%QUIRE_HOME%cli\target\quire-cli.jar"
set "QUIRE_JAVA=java"
rem For short runs. The archive keeps the classes of a rehearsal; a java that did not make it does without.
set "QUIRE_FLAGS=-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xlog:disable"
set "QUIRE_ARCHIVE=%QUIRE_HOME%cli\target\quire.jsa"
if not defined JAVA_HOME goto find_java
set "JAVA_HOME=%JAVA_HOME:"=%"
set "QUIRE_JAVA=%JAVA_HOME%\bin\java.exe"
if exist "%QUIRE_JAVA%" goto have_java
echo quire: JAVA_HOME is "%JAVA_HOME%", and there is no bin\java.exe in it 1>&2
echo   Set it to the folder of a JDK 17 or newer, or unset it. 1>&2
exit /b 2

:find_java
where java >nul 2>&1
if not errorlevel 1 goto have_java
echo quire: there is no java on the PATH 1>&2
echo   Install a JDK 17 or newer, or set JAVA_HOME to one. 1>&2
exit /b 2

:have_java
if exist "%QUIRE_HOME%cli\target\quire.built" goto run
rem Java 8 does not know this spelling of the option.
"%QUIRE_JAVA%" --version >nul 2>&1
if not errorlevel 1 goto find_maven
echo quire: "%QUIRE_JAVA%" is too old or does not start 1>&2
echo   Quire needs a JDK 17 or newer; set JAVA_HOME to one. 1>&2
exit /b 2

:find_maven
set QUIRE_MVN="%QUIRE_HOME%mvnw.cmd"
if exist %QUIRE_MVN% goto build
rem Without quotes: a script that is found on the PATH by a quoted name takes the current folder for its own.
set QUIRE_MVN=mvn
where mvn >nul 2>&1
if not errorlevel 1 goto build
echo quire: there is no mvn on the PATH, and Quire must be built first 1>&2
echo   Install Maven 3.8 or newer. 1>&2
exit /b 2

:build
echo Building Quire for the first time: Maven fetches the libraries and compiles. This takes one to five minutes, once. 1>&2
pushd "%QUIRE_HOME%"
call %QUIRE_MVN% -q -B -ntp -DskipTests -Dquick -pl cli -am package 1>&2
if errorlevel 1 goto build_failed
popd
if not exist "%QUIRE_JAR%" goto no_jar
if exist "%QUIRE_ARCHIVE%" del /f /q "%QUIRE_ARCHIVE%"
"%QUIRE_JAVA%" %QUIRE_FLAGS% -XX:ArchiveClassesAtExit="%QUIRE_ARCHIVE%" -cp "%QUIRE_JAR%" dev.quire.cli.Rehearsal >nul 2>&1
echo built>"%QUIRE_HOME%cli\target\quire.built"

:run
"%QUIRE_JAVA%" %QUIRE_FLAGS% -XX:SharedArchiveFile="%QUIRE_ARCHIVE%" %QUIRE_JAVA_OPTS% -jar "%QUIRE_JAR%" %*
exit /b %ERRORLEVEL%

:build_failed
popd
echo quire: the build failed; Maven's output is above 1>&2
exit /b 2

:no_jar
echo quire: the build ended without "%QUIRE_JAR%" 1>&2
exit /b 2
